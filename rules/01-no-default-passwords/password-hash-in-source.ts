import { rule, type Expr } from '../kit/index.js';

/** What crypt(3), bcrypt and Argon2 write: salt and hash have a length of their own, so that nothing else looks like it. */
const FORMATS: readonly { readonly needs: readonly string[]; readonly form: RegExp }[] = [
  { needs: ['$1$'], form: /(^|:)\$1\$[./\w]{1,8}\$[./\w]{22}(:|$)/ },
  { needs: ['$5$'], form: /(^|:)\$5\$(rounds=\d+\$)?[./\w]{1,16}\$[./\w]{43}(:|$)/ },
  { needs: ['$6$'], form: /(^|:)\$6\$(rounds=\d+\$)?[./\w]{1,16}\$[./\w]{86}(:|$)/ },
  { needs: ['$2a$', '$2b$', '$2y$'], form: /(^|:)\$2[aby]\$\d\d\$[./\w]{53}(:|$)/ },
  { needs: ['$y$'], form: /(^|:)\$y\$[./\w]+\$[./\w]{1,86}\$[./\w]{43}(:|$)/ },
  { needs: ['$argon2'], form: /^\$argon2(id|i|d)\$v=\d+\$m=\d+,t=\d+,p=\d+\$[+/\w]{8,}\$[+/\w]{16,}$/ },
];

export default rule({
  id: 'password-hash-in-source',
  title: 'Hash of a password in the source',
  severity: 'error',
  heading: 1,
  provisions: ['5.1-1', '5.4-3'],
  cwe: [798, 1392],
  why: 'Behind a hash that ships in every unit stands one password for all of them, and whoever has the image may guess it at leisure.',
  attack:
    'Someone unpacks the firmware, takes the line of root out of it and gives it to a cracking program over the week-end. The password opens the console of every unit in the field, over serial line or network.',
  instead:
    'Ship the account locked (`!` or `*` in the place of the hash) and set a password per unit at production or the owner’s at first start; log in for service with keys that can be withdrawn.',

  any: {
    literal: FORMATS.map(({ needs, form }) => ({
      needs,
      judge: (literal: Expr) =>
        form.test(literal.value ?? '') && {
          at: literal,
          says: 'this hash is the same in every unit: the password behind it is guessed once and opens all of them',
        },
    })),
  },

  bad: [
    {
      c: 'static const char *root = «"root:$6$Zk3v8Qm1w7Lp$ERb5DesmT6DUlD/zYHvVshp2oo..yzttJMxyvxVKaSZtqFgOK.PgLRL7Mv76ufEaRXaZSU/3dvxnD5QRE5lTJc:19000:0:99999:7:::"»;',
    },
    {
      ts: "const users = [{ name: 'admin', hash: «'$2b$10$1jyPSqPHjLMLuirL7seiXcCQE4Zqfc9OyooYlt1TrfZJq4t48M7HJ'» }];",
    },
    { c: 'const char *hash = «"$1$abcdefgh$6XqmUu9Pvj8GSgRcLSH8FJ"»;' },
  ],
  good: [
    { c: 'int f(const char *h) { return strncmp(h, "$6$", 3) == 0 || strncmp(h, "$2b$", 4) == 0; }' },
    { c: 'static const char *root = "root:!:19000:0:99999:7:::"; const char *format = "$6$%s$%s";' },
    {
      ts: "const settings = '$6$rounds=5000$saltsalt$'; const price = 'from $1$ to $5$'; const hash = `$2b$10$${rest}`;",
    },
  ],
});
