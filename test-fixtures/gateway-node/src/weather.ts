import type { SettingsStore } from './store';
import { number, record, tryJson } from './validate';

const SERVICE = 'https://api.vaer.example/v1/now';

export class Weather {
  outdoor?: number;

  constructor(private readonly store: SettingsStore) {}

  async refresh(): Promise<void> {
    const { email, lat, lon } = this.store.prefs.home;
    const url = `${SERVICE}?lat=${lat}&lon=${lon}&contact=${encodeURIComponent(email)}`;
    const response = await fetch(url, { headers: { accept: 'application/json' } });
    if (!response.ok) throw new Error(`weather service answered ${response.status}`);
    this.outdoor = number(record(tryJson(await response.text())).temperature, 'temperature', -60, 60);
  }
}
