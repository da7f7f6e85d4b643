import { rule, suggest } from '../kit/index.js';

export default rule({
  id: 'wifi-weak-network-accepted',
  title: 'Device joins WEP and WPA networks',
  severity: 'warning',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [326, 757],
  why: 'WEP is broken in minutes and the first WPA with TKIP can be attacked too; a device that accepts them can be drawn into such a network under the name of the one it knows.',
  attack:
    'Someone sets up an access point with the name of the home network but with the old method, and a stronger signal. The device joins it, and from what it sends the attacker works out the password or sits on the path of all its traffic.',
  instead:
    'Leave threshold.authmode alone, which means WPA2 as soon as a password is set, or ask for WIFI_AUTH_WPA2_PSK or WIFI_AUTH_WPA3_PSK.',

  any: {
    setting: {
      'wifi.sta-threshold': ({ value, means, spelling }) => {
        const on = spelling('on');
        return (
          means === 'weak' && {
            at: value,
            says: `${value.text} lets the device join networks whose protection is broken`,
            ...(on !== undefined && { fixes: [suggest(value, on, 'Join WPA2 networks or better')] }),
          }
        );
      },
    },
  },

  bad: [
    {
      c: 'void f(void) { wifi_config_t cfg = { .sta = { .threshold.authmode = «WIFI_AUTH_WPA_PSK» } }; esp_wifi_set_config(WIFI_IF_STA, &cfg); }',
      becomes:
        'void f(void) { wifi_config_t cfg = { .sta = { .threshold.authmode = WIFI_AUTH_WPA2_PSK } }; esp_wifi_set_config(WIFI_IF_STA, &cfg); }',
    },
    {
      c: '#define OLDEST WIFI_AUTH_WEP\nvoid f(wifi_config_t *cfg) { cfg->sta.threshold.authmode = «OLDEST»; }',
    },
  ],
  good: [
    {
      c: 'void f(void) { wifi_config_t cfg = { .sta = { .threshold.authmode = WIFI_AUTH_WPA2_PSK } }; esp_wifi_set_config(WIFI_IF_STA, &cfg); }',
    },
    {
      c: 'void f(wifi_config_t *cfg) { cfg->sta.threshold.authmode = WIFI_AUTH_OPEN; /* 0: the default */ }',
    },
    { c: 'void f(wifi_ap_record_t *seen) { if (seen->authmode == WIFI_AUTH_WEP) skip(seen); }' },
  ],
});
