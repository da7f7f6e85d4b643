import type { DeviceRegistry } from '../registry';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const esc = (value: string): string => value.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${esc(title)}</title>
<link rel="stylesheet" href="/ui/hub.css">
<script src="https://cdn.diagram.example/v3/diagram.min.js"></script>
</head><body><main>${body}</main><script src="/ui/hub.js"></script></body></html>`;

export function loginPage(): string {
  return page('Log in', `<form id="login">
<label>Name <input name="name" autocomplete="username"></label>
<label>Password <input name="password" type="password" autocomplete="current-password"></label>
<button>Log in</button><p>Forgotten password? Hold the button on the hub for ten seconds.</p></form>`);
}

export function devicesPage(registry: DeviceRegistry, user: string): string {
  const rows = registry.list().map(({ id, name }) => `<li data-id="${esc(id)}">${esc(name)}</li>`).join('');
  const nearby = [...registry.candidates]
    .map(([address, name]) => `<li data-address="${esc(address)}">${name} <button>Add</button></li>`)
    .join('');
  return page('Devices', `<h1>Devices of ${esc(user)}</h1><ul>${rows}</ul><h2>Nearby</h2><ul id="nearby">${nearby}</ul>`);
}
