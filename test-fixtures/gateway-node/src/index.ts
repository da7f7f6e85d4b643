import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Accounts } from './auth';
import { Backoff } from './backoff';
import { BleBridge } from './ble';
import { createBroker } from './broker';
import { loadConfig } from './config';
import { writeAtomic } from './files';
import { History } from './history';
import { createLogger } from './logger';
import { MeterReader, openMeterPort } from './meter';
import { HeatPump, isRelay } from './modbus';
import { CloudLink, LocalBus, PartnerFeed, type CommandHandler } from './mqtt';
import { Network } from './network';
import { loadPlugins } from './plugins';
import { DeviceRegistry } from './registry';
import { FactoryReset } from './reset';
import { RulesEngine } from './rules-engine';
import { SettingsStore } from './store';
import { Telemetry } from './telemetry';
import { Updater } from './updater';
import { bool, number, text, ValidationError, type Reading } from './validate';
import { Weather } from './weather';
import { createWebServer } from './web/server';
import { LiveFeed } from './ws-feed';

const log = createLogger('main');
const CHIME = 'http://127.0.0.1:8099/chime';
type Sink = (reading: Reading) => void;

function connect(...sinks: Sink[]): Sink {
  return (reading) => {
    for (const sink of sinks) {
      try {
        sink(reading);
      } catch (error) {
        log.error('reading lost', error);
      }
    }
  };
}

async function persist(name: string, work: () => Promise<void>): Promise<void> {
  for (const backoff = new Backoff(); ; await new Promise((resolve) => setTimeout(resolve, backoff.next()))) {
    try {
      return await work();
    } catch (error) {
      log.error('start failed, trying again', error, { name });
    }
  }
}

async function main(): Promise<void> {
  const config = loadConfig();
  const inData = (name: string) => path.join(config.dataDir, name);
  const store = new SettingsStore(inData('settings.sealed'));
  const registry = new DeviceRegistry(inData('registry.json'));
  await Promise.all([store.load(), registry.load()]);

  const accounts = new Accounts(store);
  await accounts.ensureAdmin(config.admin.name, config.admin.password);
  const telemetry = new Telemetry(config.tlsDir);
  const history = new History(inData('history.db'));
  const network = new Network();
  const pump: HeatPump = new HeatPump(() => void openPump());
  const openPump = () => persist('heat pump', () => pump.open(config.serial.modbus));
  const rules = new RulesEngine(inData('rules.json'), pump);
  await rules.load();
  const reset = new FactoryReset(config, network, telemetry);
  const feed = new LiveFeed(config.web.origins);
  const partner = new PartnerFeed(store, config.partner);
  const weather = new Weather(store);
  const plugins = await loadPlugins(inData('plugins'), store.prefs.plugins);

  const commands: Record<string, CommandHandler> = {
    relay: ({ name, on }) => {
      const relay = text(name, 'relay', 8);
      if (!isRelay(relay)) throw new ValidationError('relay is not known');
      return pump.setRelay(relay, bool(on, 'on'));
    },
    target: ({ celsius }) => pump.setTarget(number(celsius, 'celsius')),
    locale: async ({ locale }) => void (await store.patchPreferences({ locale })),
  };
  const cloud = new CloudLink(config, telemetry, commands);
  const onReading = connect(
    (reading) => history.add(reading),
    (reading) => rules.evaluate(reading),
    (reading) => feed.broadcast(reading),
    (reading) => cloud.publish(reading),
    (reading) => partner.share(reading),
    (reading) => plugins.forEach((plugin) => plugin.onReading(reading)),
  );

  const pem = (name: string) => readFileSync(path.join(config.tlsDir, name));
  const broker = createBroker(registry, telemetry, store.secrets.bus);
  broker.listen({ key: pem('hub.key'), cert: pem('hub.pem') }, config.web.host);
  const bus = new LocalBus(1883, store.secrets.bus, onReading);
  const ble = new BleBridge(registry, onReading);
  const meter = new MeterReader(openMeterPort(config.serial.meter), onReading);
  meter.exposeTool(config.web.host);

  const web = createWebServer({ accounts, config, history, network, pump, registry, reset, rules, store, telemetry });
  web.on('error', (error) => log.error('web server failed', error));
  feed.attach(web);
  web.listen(config.web.port, config.web.host);

  const joined = await network.joined().catch(() => true);
  if (!joined) await network.openSetup().catch((error) => log.error('no set-up network', error));
  ble.start();
  cloud.start();
  partner.start();
  telemetry.start();
  const updater = new Updater(inData('updates'), store, telemetry);
  if (config.autoUpdate) updater.schedule();
  void openPump();
  const hourly = setInterval(() => {
    weather.refresh().catch((error) => log.error('no weather', error));
  }, 3_600_000 + Math.random() * 300_000);
  await fetch(CHIME, { method: 'POST', signal: AbortSignal.timeout(2_000) }).catch(() => log.warn('no chime service'));
  await writeAtomic('/run/lykta/status.json', JSON.stringify({ ready: true, since: Date.now() }), 0o644);

  const shutdown = async (code: number): Promise<void> => {
    setTimeout(() => process.exit(1), 5_000).unref();
    clearInterval(hourly);
    updater.stop();
    telemetry.stop();
    feed.close();
    web.close();
    const links = [cloud, partner, bus, ble, meter].map((link) => link.stop());
    await Promise.allSettled([pump.safe(), ...links, broker.close()]);
    history.close();
    process.exit(code);
  };
  process.once('SIGTERM', () => void shutdown(0));
  process.once('uncaughtException', (error) => {
    log.error('unexpected failure', error);
    void shutdown(1);
  });
}

main().catch((error) => {
  log.error('start failed', error);
  process.exit(1);
});
