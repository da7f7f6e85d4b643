import { rule, type ProductView } from '../kit/index.js';

const LIMITS = [
  'CURLOPT_REDIR_PROTOCOLS',
  'CURLOPT_REDIR_PROTOCOLS_STR',
  'CURLOPT_PROTOCOLS',
  'CURLOPT_PROTOCOLS_STR',
];

export default rule({
  id: 'redirect-to-cleartext',
  title: 'Redirects may lead from HTTPS to HTTP',
  severity: 'info',
  in: 'strict',
  heading: 5,
  provisions: ['5.5-1', '5.5-7'],
  cwe: [319, 601],
  why: 'libcurl follows a redirect from https:// to http:// unless it is told otherwise, and takes what comes back there for the answer.',
  attack:
    'Someone finds one page of the service that redirects wherever a parameter says. They point the device to a plain address and, from the same network, answer there with settings of their own.',
  instead:
    'Set CURLOPT_REDIR_PROTOCOLS_STR (before 7.85 CURLOPT_REDIR_PROTOCOLS) to "https", or do not follow redirects.',

  c: {
    product: {
      needs: ['curl_easy_setopt'],
      *judge(product: ProductView) {
        const calls = product.calls('curl_easy_setopt');
        const sets = (name: string) => calls.filter((call) => call.args[1]?.names.includes(name) === true);
        if (LIMITS.some((name) => sets(name).length > 0)) return;
        for (const call of sets('CURLOPT_FOLLOWLOCATION')) {
          const value = call.args[2];
          if (value && value.value !== '0')
            yield {
              at: call.args[1] ?? call,
              says: 'redirects are followed, also from https:// to http://, where anyone on the path answers',
            };
        }
      },
    },
  },

  bad: [
    { c: 'void f(CURL *c) { curl_easy_setopt(c, «CURLOPT_FOLLOWLOCATION», 1L); }' },
    {
      c: '#define FOLLOW CURLOPT_FOLLOWLOCATION\nvoid f(CURL *c) { curl_easy_setopt(c, CURLOPT_URL, url); curl_easy_setopt(c, «FOLLOW», 1L); }',
    },
  ],
  good: [
    {
      c: 'void f(CURL *c) { curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 1L); «guard: curl_easy_setopt(c, CURLOPT_REDIR_PROTOCOLS_STR, "https");» }',
    },
    { c: 'void f(CURL *c) { curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L); }' },
    { c: 'void f(CURL *c) { curl_easy_setopt(c, CURLOPT_MAXREDIRS, 3L); }' },
  ],
});
