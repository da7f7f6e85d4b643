import { hostOf, isLocalHost, rule } from '../kit/index.js';

export default rule({
  id: 'npm-integrity-off',
  title: 'Packages come over an unchecked connection',
  severity: 'error',
  heading: 7,
  provisions: ['5.6-9', '5.3-10'],
  cwe: [494, 295],
  why: 'The packages of a build are part of the product; without TLS checks anyone on the path of the build machine chooses them.',
  attack:
    'Someone on the network of the build machine, or of the café where a developer works, answers for the registry and hands over a package with one line added. It is in every unit of the next release.',
  instead:
    'Remove strict-ssl=false, give the authority of a private registry with `cafile`, and install with `npm ci` from a lock file.',

  any: {
    option: {
      'npmrc:strict-ssl': (option) =>
        option.value === 'false' && {
          at: option,
          says: 'npm takes packages from any server that answers: what it installs becomes part of the product',
          fixes: [{ title: 'Verify the registry', edits: [option.set('true')], safe: false }],
        },
      'npmrc:registry': (option) => {
        const host = /^http:\/\//i.test(option.value) ? hostOf(option.value) : undefined;
        return (
          host !== undefined &&
          !isLocalHost(host) && {
            at: option,
            says: `packages come from ${host} without TLS: anyone on the path can exchange them`,
            fixes: [
              {
                title: 'Use HTTPS',
                edits: [option.set(option.value.replace(/^http:/i, 'https:'))],
                safe: false,
              },
            ],
          }
        );
      },
    },
  },

  bad: [
    {
      files: { '.npmrc': 'save-exact=true\n«strict-ssl=false»\n' },
      becomes: 'save-exact=true\nstrict-ssl=true\n',
    },
    {
      files: { '.npmrc': '«registry = http://npm.example.com/»\n' },
      becomes: 'registry = https://npm.example.com/\n',
    },
  ],
  good: [
    { files: { '.npmrc': 'strict-ssl=true\nregistry=https://npm.example.com/\n' } },
    { files: { '.npmrc': '; strict-ssl=false\n' } },
    { files: { '.npmrc': 'registry=http://localhost:4873/\n' } },
  ],
});
