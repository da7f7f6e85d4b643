import { rule, type Answer, type Call, type Expr } from '../kit/index.js';
import { printed } from '../kit/printf.js';

const LATITUDE = /^(lat|latitude)$/i;
const LONGITUDE = /^(lon|lng|long|longitude)$/i;

/** The last word of a name: `lat` of `owner->lat`, `home.lat` and `home_lat`. */
function lastWord(value: Expr): string {
  return /([A-Za-z]+)(_?(deg|e6|e7|f|d))?$/.exec(value.text.replace(/^.*[.>_]/, ''))?.[1] ?? '';
}

/** Both halves of a place: one alone may be anything. */
function place(values: readonly Expr[]): Expr | undefined {
  const named = values.filter(({ kind }) => kind === 'name' || kind === 'member');
  return named.some((value) => LONGITUDE.test(lastWord(value)))
    ? named.find((value) => LATITUDE.test(lastWord(value)))
    : undefined;
}

function report(found: Expr | undefined): Answer {
  return (
    found && {
      at: found,
      says: 'where this device, and so its owner, is goes to the log: logs are kept, copied and sent on',
    }
  );
}

function console({ args }: Call): Answer {
  return report(
    place(
      args.flatMap((value) =>
        value.kind === 'template'
          ? value.parts
          : value.kind === 'object'
            ? [...(value.thing?.fields.values() ?? [])]
            : [value],
      ),
    ),
  );
}

export default rule({
  id: 'location-in-log',
  title: 'Position of the device is written to the log',
  severity: 'warning',
  heading: 8,
  provisions: ['6.6', '5.8-1'],
  cwe: [532, 359],
  why: 'A pair of coordinates names a home. In a log it outlives its purpose and goes wherever logs go: support, crash reports, the next owner.',
  attack:
    'Someone buys a used thermostat or reads a log that was uploaded with a support case. Its coordinates lead them to the door, and the time stamps beside them tell when nobody is at home.',
  instead: 'Log that a position is known, or the grid square of a few kilometres that the purpose needs.',

  c: {
    setting: {
      'log.message': ({ value, call }) => {
        const format = call?.args.findIndex(({ at }) => at.start === value.at.start) ?? -1;
        const conversions = printed(value);
        if (!call || !conversions || format < 0) return;
        const given = call.args.slice(format + 1);
        return report(
          place(
            conversions.flatMap(({ letter, argument }) =>
              /[fgedis]/.test(letter) ? (given[argument] ?? []) : [],
            ),
          ),
        );
      },
    },
  },

  ts: {
    call: Object.fromEntries(
      ['log', 'info', 'debug', 'warn', 'error'].map((level) => [`console.${level}`, console]),
    ),
  },

  bad: [
    {
      c: 'void f(const owner_t *owner) { ESP_LOGI(TAG, "weather at %.4f %.4f", «owner->lat», owner->lon); }',
    },
    {
      c: 'void fix(double gps_latitude, double gps_longitude) { printk("%f,%f", «gps_latitude», gps_longitude); }',
    },
    { ts: 'console.log(`home is ${«home.latitude»}, ${home.longitude}`);' },
  ],
  good: [
    { c: 'void f(const char *lat) { ESP_LOGI(TAG, "sentence %s", lat); }' },
    { c: 'void f(long lat, long lon) { store(lat, lon); ESP_LOGI(TAG, "position stored"); }' },
    { c: 'void f(int flat, int balloon) { printf("%d %d", flat, balloon); }' },
    { ts: "console.log('lat and lon are set'); save(lat, lon);" },
  ],
});
