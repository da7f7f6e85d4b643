import { rule, suggest, type Answer, type Setting, type Thing } from '../kit/index.js';

/** `OPEN` beside a password is the answer to an empty one, as vendor examples write it. */
function besidePassword({ thing }: Setting): boolean {
  for (const [field, value] of thing?.fields ?? [])
    if (/(^|\.)password$/.test(field) && value.value !== '') return true;
  return false;
}

/** An access point that the chip must run but that nobody can join. */
function unusable({ thing }: Setting): boolean {
  return (thing?.fields.get('ap.max_connection') ?? thing?.fields.get('max_connection'))?.value === '0';
}

function judge(setting: Setting): Answer {
  const { value, means, spelling } = setting;
  const on = spelling('on');
  if (means !== 'weak' && (means !== 'open' || besidePassword(setting) || unusable(setting)))
    return undefined;
  return {
    at: value,
    says:
      means === 'open'
        ? `${value.text} lets everybody in reach join the network of the device and read what its users type there`
        : `${value.text} protects the network of the device with a method that is broken`,
    ...(on !== undefined && { fixes: [suggest(value, on, 'Protect the access point with WPA2')] }),
  };
}

/** An access point that is set up without saying how: the field's zero is WIFI_AUTH_OPEN, with a password or without. */
function unsaid({ at, closed, fields }: Thing): Answer {
  if (!closed || !fields.has('ap.ssid') || fields.has('ap.authmode')) return undefined;
  if (fields.get('ap')?.thing?.closed === false) return undefined;
  if (fields.get('ap.max_connection')?.value === '0') return undefined;
  return {
    at: fields.get('ap.ssid')?.at ?? at,
    says: 'no authmode is set for this access point, which means open: everybody in reach joins the network of the device and reads what its users type there',
  };
}

/** Moddable and Espruino open the network where no password is given. */
function withoutPassword(thing: Thing): Answer {
  return (
    thing.closed &&
    !thing.fields.has('password') &&
    !thing.fields.has('authMode') && {
      at: thing,
      says: 'without a password everybody in reach joins the network of the device and reads what its users type there',
    }
  );
}

export default rule({
  id: 'wifi-ap-open',
  title: 'Open or weakly protected access point',
  severity: 'warning',
  heading: 1,
  provisions: ['5.1-1', '5.5-1', '5.5-6'],
  cwe: [306, 319],
  why: 'In an open network whatever the user types, the password of their home Wi-Fi above all, is on the air for everybody in reach, and everybody may talk to the set-up page.',
  attack:
    'A neighbour waits until the new device opens its set-up network, joins it too and records what the owner types, or is quicker and sets the device up for themselves. All it takes is a laptop within a few dozen metres.',
  instead:
    'Protect the access point with WPA2 or WPA3 and a password per unit that stands on its label, and close it when set-up is done or after some minutes.',

  any: { setting: { 'wifi.ap-auth': judge } },
  c: { thing: { wifi_config_t: unsaid } },
  ts: { thing: { 'wifi.AccessPointOptions': withoutPassword, 'espruino.WifiApOptions': withoutPassword } },

  bad: [
    {
      c: 'void f(void) { wifi_config_t cfg = { .ap = { .ssid = "setup", .channel = 6, .authmode = «WIFI_AUTH_OPEN» } }; esp_wifi_set_config(WIFI_IF_AP, &cfg); }',
      becomes:
        'void f(void) { wifi_config_t cfg = { .ap = { .ssid = "setup", .channel = 6, .authmode = WIFI_AUTH_WPA2_PSK } }; esp_wifi_set_config(WIFI_IF_AP, &cfg); }',
    },
    {
      c: '#define SETUP_AUTH WIFI_AUTH_OPEN\nvoid f(wifi_config_t *cfg) { cfg->ap.max_connection = 1; cfg->ap.authmode = «SETUP_AUTH»; }',
    },
    {
      c: 'void f(void) { wifi_ap_config_t ap = { .password = "", .authmode = «WIFI_AUTH_WPA_PSK» }; use(ap); }',
    },
    {
      c: 'void f(void) { wifi_config_t cfg = { .ap = { .ssid = «"setup"», .channel = 6, .max_connection = 2 } }; esp_wifi_set_config(WIFI_IF_AP, &cfg); }',
    },
    { ts: "import WiFi from 'wifi';\nWiFi.accessPoint(«{ ssid: 'hub-setup' }»);" },
    {
      ts: "const wifi = require('Wifi');\nwifi.startAP('hub-setup', { authMode: «'open'» }, done);\nwifi.startAP('hub-setup', «{ channel: 6 }», done);",
    },
  ],
  good: [
    {
      ts: "import WiFi from 'wifi';\nWiFi.accessPoint({ ssid: 'hub-setup', password });\nconst wifi = require('Wifi');\nwifi.startAP('hub-setup', { password, authMode: 'wpa2' }, done);",
    },
    {
      c: 'void f(wifi_auth_mode_t mode) { wifi_config_t cfg = { .ap = { .ssid = "setup" } }; cfg.ap.authmode = mode; esp_wifi_set_config(WIFI_IF_AP, &cfg); }',
    },
    {
      c: 'void f(void) { wifi_config_t cfg = { .ap = { .ssid = "setup" } }; protect(&cfg); esp_wifi_set_config(WIFI_IF_AP, &cfg); }',
    },
    {
      c: 'void f(void) { wifi_config_t cfg = { .ap = { .ssid = "setup", .password = label, .authmode = WIFI_AUTH_WPA2_PSK } }; esp_wifi_set_config(WIFI_IF_AP, &cfg); }',
    },
    {
      c: 'void f(void) { wifi_config_t cfg = { .ap = { «guard: .password = CONFIG_SETUP_PASSWORD,» .authmode = WIFI_AUTH_WPA2_PSK } }; if (strlen(CONFIG_SETUP_PASSWORD) == 0) cfg.ap.authmode = WIFI_AUTH_OPEN; esp_wifi_set_config(WIFI_IF_AP, &cfg); }',
    },
    {
      c: 'void f(void) { wifi_config_t cfg = { .ap = { .authmode = stored_mode() } }; esp_wifi_set_config(WIFI_IF_AP, &cfg); }',
    },
    {
      c: 'void f(const char *pass) { wifi_config_t cfg = { .ap = { .channel = 6 } }; if (strlen(pass) < 8) cfg.ap.authmode = WIFI_AUTH_OPEN; else strlcpy((char *)cfg.ap.password, pass, sizeof cfg.ap.password); esp_wifi_set_config(WIFI_IF_AP, &cfg); }',
    },
    {
      c: 'static wifi_config_t hidden = { .ap = { .authmode = WIFI_AUTH_OPEN, .ssid_hidden = 1, «guard: .max_connection = 0» } };\nvoid f(void) { esp_wifi_set_config(WIFI_IF_AP, &hidden); }',
    },
    { c: 'int f(const wifi_ap_record_t *seen) { return seen->authmode == WIFI_AUTH_OPEN; }' },
  ],
});
