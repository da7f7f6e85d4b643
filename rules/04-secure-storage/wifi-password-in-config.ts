import { isPlaceholder, rule, type Answer, type Option } from '../kit/index.js';

/** What menus and examples put there before anybody has chosen a password. */
const DEFAULTS = new Set([
  'mypassword',
  'password',
  'wifi_password',
  'wifipassword',
  'changeme',
  'example',
  'testpassword',
]);

const judge = (option: Option): Answer =>
  option.value !== 'n' &&
  !isPlaceholder(option.value) &&
  !option.value.includes('${') &&
  !DEFAULTS.has(option.value.toLowerCase()) && {
    at: option.valueAt,
    says: `${option.name} keeps a Wi-Fi password in the repository and builds it into every image`,
    fixes: [{ title: 'Take the password out', edits: [option.set('')], safe: false }],
  };

export default rule({
  id: 'wifi-password-in-config',
  title: 'Wi-Fi password in a config file',
  severity: 'error',
  heading: 4,
  provisions: ['5.4-3', '5.1-1'],
  cwe: [798, 540],
  why: 'A password in a tracked file is known to all who can see the repository, stays in its history, and is the same in every image built.',
  attack:
    'Someone finds the repository, or runs `strings` on a firmware image from the download page, and reads the name and password of a network. Near the office or the home it belongs to they join it, and look for the next device from inside.',
  instead:
    'Provision the network on each device (BLE or SoftAP provisioning, Wi-Fi Easy Connect). For development put the password into a file that .gitignore names, and change the one that was published.',

  any: {
    option: {
      CONFIG_EXAMPLE_WIFI_PASSWORD: judge,
      CONFIG_EXAMPLE_WIFI_PASS: judge,
      CONFIG_ESP_WIFI_PASSWORD: judge,
      CONFIG_WIFI_PASSWORD: judge,
      CONFIG_WIFI_PASS: judge,
      CONFIG_WIFI_CREDENTIALS_STATIC_PASSWORD: judge,
      CONFIG_STA_WIFI_PASSWORD: judge,
      CONFIG_GOLIOTH_SAMPLE_WIFI_PSK: judge,
    },
  },

  bad: [
    {
      files: {
        'sdkconfig.defaults':
          'CONFIG_EXAMPLE_WIFI_SSID="attic"\nCONFIG_EXAMPLE_WIFI_PASSWORD=«"kettle-on-42"»\n',
      },
      becomes: 'CONFIG_EXAMPLE_WIFI_SSID="attic"\nCONFIG_EXAMPLE_WIFI_PASSWORD=""\n',
    },
    {
      files: {
        'prj.conf':
          'CONFIG_WIFI_CREDENTIALS_STATIC=y\nCONFIG_WIFI_CREDENTIALS_STATIC_PASSWORD=«"Sommer2024!"»\n',
      },
    },
    { files: { sdkconfig: 'CONFIG_ESP_WIFI_PASSWORD=«"lab-network-7"»\n' } },
  ],
  good: [
    { files: { sdkconfig: 'CONFIG_ESP_WIFI_SSID="myssid"\nCONFIG_ESP_WIFI_PASSWORD="mypassword"\n' } },
    { files: { 'prj.conf': 'CONFIG_WIFI_CREDENTIALS_STATIC_PASSWORD=""\n' } },
    {
      files: {
        'sdkconfig.defaults':
          'CONFIG_ESP_WIFI_PASSWORD="${WIFI_PASSWORD}"\n# CONFIG_WIFI_PASSWORD="kettle-on-42"\n',
      },
    },
  ],
});
