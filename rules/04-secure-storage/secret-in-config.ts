import { looksSecretName, mayBeSecret, rule, type Answer, type Option } from '../kit/index.js';

/** Words behind which no secret stands: a pin is one of a chip, credentials are a file. */
const NO_SECRET = /(^|_)(pins?|pass|credentials?)$/i;
const nameOf = (option: Option): string => option.name.slice(option.name.indexOf(':') + 1);
const isQuoted = ({ value, valueAt }: Option): boolean => valueAt.end - valueAt.start > value.length;

function report(option: Option, name: string, says: string): Answer {
  return (
    looksSecretName(name) &&
    !NO_SECRET.test(name) &&
    mayBeSecret(option.value) && {
      at: option.valueAt,
      says,
      fixes: [{ title: 'Take the secret out', edits: [option.set('')], safe: false }],
    }
  );
}

/** A symbol of a build's configuration. Secrets are text; everything else is a number or a switch. */
const symbol = (option: Option): Answer =>
  isQuoted(option) &&
  report(
    option,
    nameOf(option),
    `${option.name} keeps a secret in the repository and builds it into every image`,
  );

const menu = (option: Option): Answer =>
  report(
    option,
    nameOf(option),
    `${nameOf(option)} has a default: every build in which nobody changes it carries the same secret`,
  );

/** A key over several lines or with `\\n` between them; not the words that stand where one goes. */
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----(\s|\\n)+[A-Za-z0-9+/=]{40}/;

/** A variable of a service. `_FILE` and the like name where the secret is, not the secret. */
const variable = (option: Option): Answer =>
  PRIVATE_KEY.test(option.value)
    ? {
        at: option.valueAt,
        says: `${nameOf(option)} is a private key that lies in the repository: whoever has read it can pose as every installation`,
      }
    : namedSecret(option);

const namedSecret = (option: Option): Answer =>
  !/^\d+$/.test(option.value) &&
  report(
    option,
    nameOf(option),
    `${nameOf(option)} has its value in the repository: every installation shares it, and its history keeps it`,
  );

export default rule({
  id: 'secret-in-config',
  formerly: ['wifi-password-in-config'],
  title: 'Secret in a config file',
  severity: 'error',
  heading: 4,
  provisions: ['5.4-3', '5.1-1'],
  cwe: [798, 540],
  why: 'A secret in a tracked file is known to all who can see the repository, stays in its history, and is the same in every image and installation.',
  attack:
    'Someone finds the repository, or runs `strings` on a firmware image from the download page, and reads the name and password of a network. Near the office or the home it belongs to they join it, and look for the next device from inside.',
  instead:
    'Provision secrets on each device (BLE or SoftAP provisioning, a credentials partition, a file with mode 0600 that systemd loads by LoadCredential or compose by secrets). For development put them into a file that .gitignore names, and change the one that was published.',

  any: {
    option: {
      'CONFIG_*': symbol,
      'kconfig:*': menu,
      'env:*': variable,
      'npmrc:*': (option) =>
        /(^|:)_(authToken|password|auth)$/.test(option.name) &&
        mayBeSecret(option.value) && {
          at: option.valueAt,
          says: 'whoever reads this file may publish under your name, and every installation takes what they publish',
          fixes: [{ title: 'Take the secret out', edits: [option.set('${NPM_TOKEN}')], safe: false }],
        },
      'mosquitto:remote_password': variable,
      'mosquitto:bridge_psk': variable,
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
    {
      files: { 'prj.conf': 'CONFIG_GOLIOTH_SAMPLE_PSK=«"8f41c7d09b"»\nCONFIG_GOLIOTH_SAMPLE_PSK_ID="one"\n' },
    },
    {
      files: {
        'main/Kconfig.projbuild':
          'menu "Hub"\n  config HUB_MQTT_PASSWORD\n    string "Password of the broker"\n    default «"trombone88"»\n  config HUB_NAME\n    string\n    default "hub"\nendmenu\n',
      },
    },
    { files: { '.env': 'PORT=80\nMQTT_PASSWORD=«tr0mbone-88»\nexport JWT_SECRET=«"k3ttle.on.fire"»\n' } },
    {
      files: {
        'docker-compose.yml':
          'services:\n  hub:\n    environment:\n      - INFLUX_TOKEN=«Zk3v8Qm1w7Lp»\n      DB_PASSWORD: «"b00kshelf"» # of the database\n',
      },
    },
    { files: { '.npmrc': '//registry.npmjs.org/:_authToken=«npm_k2Jd83hfKq01mZtV7bXc9RsPwYaU»\n' } },
    { files: { 'mosquitto.conf': 'connection cloud\nremote_username hub\nremote_password «tr0mbone-88»\n' } },
    {
      files: {
        'deploy/hub.env': 'MQTT_URL=mqtts://broker.maker.com\nMQTT_PASSWORD=«tr0mbone-88» # of the depot\n',
      },
      becomes: 'MQTT_URL=mqtts://broker.maker.com\nMQTT_PASSWORD= # of the depot\n',
    },
    { files: { '.env.production': "export API_TOKEN=«'9fK2vXq7Lr0TzB4m'»\n" } },
    {
      files: {
        '.env':
          // Put together, so that whoever packs this finds no key in the package.
          [
            'TLS_KEY=«"-----BEGIN',
            'PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END',
            'PRIVATE KEY-----"»\n',
          ].join(' '),
      },
    },
    {
      files: { 'deploy/Dockerfile': 'FROM node:20-alpine\nENV MQTT_USER=hub MQTT_PASSWORD=«tr0mbone-88»\n' },
    },
    {
      files: { 'hub.service': '[Service]\nEnvironment=NODE_ENV=production "MQTT_PASSWORD=«tr0mbone-88»"\n' },
    },
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
    {
      files: {
        sdkconfig:
          'CONFIG_SECURE_BOOT_SIGNING_KEY="secure_boot_signing_key.pem"\nCONFIG_HUB_RESET_PIN=21\nCONFIG_MBEDTLS_PSK=y\nCONFIG_HUB_PASSWORD_MIN_LENGTH=8\nCONFIG_HUB_TOKEN_URL="https://id.example/token"\n',
      },
    },
    {
      files: {
        'main/Kconfig.projbuild':
          'config HUB_PASSWORD\n  string "Password"\n  default "" \nconfig HUB_AP_PASSWORD\n  string "At least 8 characters"\n  default "mypassword"\n  help\n    The default "tr0mbone-88" was taken out.\n',
      },
    },
    {
      files: {
        '.env':
          'MQTT_PASSWORD=\nJWT_SECRET=${SECRET}\nDB_PASSWORD_FILE=/run/secrets/db\nAPI_KEY=your-key-here\nADMIN_PASSWORD=changeme\nTOKEN_URL=https://id.example\n',
      },
    },
    {
      files: {
        'hub.env.example': 'MQTT_PASSWORD=tr0mbone-88\n',
        '.env.sample': 'MQTT_PASSWORD=tr0mbone-88\n',
        'env.template': 'MQTT_PASSWORD=tr0mbone-88\n',
      },
    },
    {
      files: {
        'hub.env':
          'MQTT_PASSWORD=encrypted:BGx0cmFua3VpbA==\nDB_PASSWORD=ENC[AES256_GCM,data:9fK2vXq7Lr0T]\nAPI_KEY=op://hub/api/key # in the vault\nTLS_KEY="-----BEGIN PRIVATE KEY-----\n<your key>\n-----END PRIVATE KEY-----"\n',
      },
    },
    {
      files: { Dockerfile: 'FROM node:20-alpine\nARG NPM_TOKEN\nENV MQTT_PASSWORD=$MQTT_PASSWORD PORT=80\n' },
    },
    { files: { '.gitignore': '.env\n', '.env': 'MQTT_PASSWORD=tr0mbone-88\n' } },
    {
      files: {
        'compose.yaml':
          'services:\n  hub:\n    environment:\n      DB_PASSWORD: ${DB_PASSWORD}\n      DB_PASSWORD_FILE: /run/secrets/db\n',
      },
    },
    { files: { '.npmrc': '//registry.npmjs.org/:_authToken=${NPM_TOKEN}\nsave-exact=true\n' } },
    {
      files: {
        'hub.service': '[Service]\nEnvironment=NODE_ENV=production\nLoadCredential=mqtt:/etc/hub/mqtt\n',
      },
    },
  ],
});
