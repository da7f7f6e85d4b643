import { rule, suggest, type Answer, type Expr, type Option } from '../kit/index.js';

const VARIABLE = 'NODE_TLS_REJECT_UNAUTHORIZED';
const SAYS =
  'with this set to 0, every TLS connection of the process accepts any certificate, those of libraries included';

const variable = (option: Option): Answer =>
  option.value === '0' && {
    at: option,
    says: SAYS,
    fixes: [{ title: 'Verify certificates', edits: [option.set('1')], safe: false }],
  };

export default rule({
  id: 'node-tls-env-off',
  title: 'TLS verification is off for the whole process',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [295],
  why: 'One environment variable switches certificate checks off for every connection the process makes: broker, cloud, updates.',
  attack:
    'Someone on the same network answers for your update server with a certificate they made themselves. Node asks no questions, because the variable told it not to, and installs what they send.',
  instead:
    'Remove the variable. Where a server has a certificate of a private authority, give that authority as `ca` of the connection, or to the process by NODE_EXTRA_CA_CERTS.',

  any: {
    option: {
      [`env:${VARIABLE}`]: variable,
      // A template is copied to devices; what stands in it is filled in, or stays.
      [`env-template:${VARIABLE}`]: variable,
    },
  },
  ts: {
    shape: [
      {
        pattern: `(assignment_expression
          left: [(member_expression property: (property_identifier) @name) (subscript_expression index: (string) @name)] @left
          right: (_) @right
          (#match? @name "^['\\"]?${VARIABLE}"))`,
        needs: [VARIABLE],
        judge: ({ left, right }: Readonly<Record<string, Expr>>) =>
          left?.names[0] === `process.env.${VARIABLE}` &&
          right?.value === '0' && {
            at: left,
            says: SAYS,
            ...(right.kind === 'string' && { fixes: [suggest(right, "'1'", 'Verify certificates')] }),
          },
      },
    ],
  },

  bad: [
    {
      ts: "«process.env.NODE_TLS_REJECT_UNAUTHORIZED» = '0';",
      becomes: "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1';",
    },
    {
      files: {
        'compose.yaml':
          'services:\n  hub:\n    environment:\n      - «NODE_TLS_REJECT_UNAUTHORIZED=0»\n      - PORT=80\n',
      },
    },
    { ts: "const off = 0;\n«process.env['NODE_TLS_REJECT_UNAUTHORIZED']» = off;" },
    {
      files: { '.env': 'PORT=80\n«NODE_TLS_REJECT_UNAUTHORIZED=0»\n' },
      becomes: 'PORT=80\nNODE_TLS_REJECT_UNAUTHORIZED=1\n',
    },
    {
      files: {
        'hub.service': '[Service]\nEnvironment=NODE_ENV=production «NODE_TLS_REJECT_UNAUTHORIZED=0»\n',
      },
      becomes: '[Service]\nEnvironment=NODE_ENV=production NODE_TLS_REJECT_UNAUTHORIZED=1\n',
    },
    { files: { 'deploy/hub.env.example': '«NODE_TLS_REJECT_UNAUTHORIZED=0» # until the CA is there\n' } },
    {
      files: {
        Dockerfile: 'FROM node:20-alpine\nENV NODE_ENV=production «NODE_TLS_REJECT_UNAUTHORIZED=0»\n',
      },
    },
    {
      files: { 'deploy/Dockerfile': 'FROM node:20-alpine\nENV «NODE_TLS_REJECT_UNAUTHORIZED 0»\n' },
    },
  ],
  good: [
    { ts: "process.env.NODE_TLS_REJECT_UNAUTHORIZED = '1';" },
    { ts: "if (process.env.NODE_TLS_REJECT_UNAUTHORIZED === '0') throw new Error('refused');" },
    {
      ts: "const child = { env: {} as Record<string, string> };\nchild.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';",
    },
    { files: { '.env': '# NODE_TLS_REJECT_UNAUTHORIZED=0\n' } },
  ],
});
