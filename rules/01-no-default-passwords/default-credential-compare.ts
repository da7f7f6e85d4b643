import { isPlaceholder, rule, type Answer, type Expr } from '../kit/index.js';

const PASSWORD =
  /(^|[._])(\w*_)?(password|passwd|passphrase|passcode)$|[a-z](Password|Passwd|Passphrase|Passcode)$/i;
/** What a form, a schema or a test of the kind of a field compares with. */
const NOT_ONE =
  /^(string|undefined|object|number|function|password|text|hidden|null|true|false|none|required)$/i;

function judge({ given, literal }: Readonly<Record<string, Expr>>): Answer {
  const value = literal?.value ?? '';
  return (
    given !== undefined &&
    literal !== undefined &&
    (given.kind === 'name' || given.kind === 'member') &&
    given.value === undefined &&
    PASSWORD.test(given.text) &&
    !NOT_ONE.test(value) &&
    !isPlaceholder(value) &&
    !/^[*•.\s]+$|\s/.test(value) && {
      at: literal,
      says: 'this password opens every unit that runs the code, and nobody can change it',
    }
  );
}

export default rule({
  id: 'default-credential-compare',
  title: 'Log-in with a password from the source',
  severity: 'error',
  heading: 1,
  provisions: ['5.1-1', '5.1-4', '5.4-3'],
  cwe: [798],
  why: 'A password in the comparison is the same for all units, stands in every copy of the program, and survives each attempt to change it.',
  attack:
    'Someone unpacks the package that anyone can download and searches it for comparisons. The password they find opens the gateway of every customer, over the network and at once.',
  instead:
    'Compare with a hash that this unit keeps (crypto.scrypt with a salt, crypto.timingSafeEqual), set by the owner at first start.',

  ts: {
    shape: [
      {
        pattern: `(binary_expression left: (_) @given operator: ["==" "==="] right: (string) @literal
          (#match? @given "[Pp](ass(word|wd|phrase|code)|ASS(WORD|WD|PHRASE|CODE))$"))`,
        needs: ['assw', 'assp', 'assc', 'ASSW'],
        judge,
      },
      {
        pattern: `(binary_expression left: (string) @literal operator: ["==" "==="] right: (_) @given
          (#match? @given "[Pp](ass(word|wd|phrase|code)|ASS(WORD|WD|PHRASE|CODE))$"))`,
        needs: ['assw', 'assp', 'assc', 'ASSW'],
        judge,
      },
    ],
  },

  bad: [
    {
      ts: "export const login = (user: string, password: string) => user === 'admin' && password === «'admin'»;",
    },
    { ts: "app.post('/login', (req, res) => { if («'hub-2000'» == req.body.adminPassword) open(res); });" },
  ],
  good: [
    { ts: "if (field.type === 'password' || password === '') ask();" },
    { ts: "if (typeof password === 'string' && password !== 'undefined') check(password);" },
    { ts: "if (options.password === '********') delete options.password;" },
    { ts: "if (passwordPolicy === 'strong' || showPassword === 'yes please') check();" },
  ],
});
