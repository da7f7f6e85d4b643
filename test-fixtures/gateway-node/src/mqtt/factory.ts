import { connect, type IClientOptions, type MqttClient } from 'mqtt';

export function openPlain(host: string, port: number, options: IClientOptions = {}): MqttClient {
  return connect(`mqtt://${host}:${port}`, { queueQoSZero: false, ...options });
}
