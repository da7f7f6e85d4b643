import { rule, type Answer, type Expr } from '../kit/index.js';

const PERSON = /[?&](e-?mail|phone|mobile|birthday|birth_?date|ssn)=$/i;
const PLACE = /[?&](lat|latitude|lon|lng|longitude)=$/i;

/** A query parameter that is filled in at run time; coordinates only where the URL is not even encrypted. */
function judge(url: Expr): Answer {
  if (url.kind !== 'template' && url.kind !== 'binary') return false;
  let before = '';
  for (const part of url.parts) {
    const plain = /^http:/i.test(before);
    if (part.value === undefined && (PERSON.test(before) || (plain && PLACE.test(before))))
      return {
        at: part,
        says: `${part.text} stands in the address: servers, proxies and routers keep addresses in their logs`,
      };
    before += part.value ?? '';
  }
  return false;
}

export default rule({
  id: 'personal-data-in-url',
  title: 'Personal data in the address of a request',
  severity: 'warning',
  heading: 8,
  provisions: ['5.8-1', '6.6'],
  cwe: [598, 359],
  why: 'An address is not treated as a secret: it is logged by every server and proxy on its way, also where the connection is encrypted.',
  attack:
    'Someone who runs a proxy, or who gets hold of the access log of a weather or statistics service, reads e-mail addresses and positions line by line, with the time beside each.',
  instead:
    'Send it in the body of a POST over TLS, or leave it out: a weather service needs a town, not a door.',

  ts: { setting: { 'http.url': ({ value }) => judge(value) } },

  bad: [
    { ts: 'await fetch(`https://stats.example/report?email=${«user.email»}`);' },
    { ts: 'await fetch(`http://weather.example/now?lat=${«home.lat»}&lon=${home.lon}`);' },
  ],
  good: [
    {
      ts: "await fetch('https://stats.example/report', { method: 'POST', body: JSON.stringify({ email }) });",
    },
    { ts: 'await fetch(`https://weather.example/now?lat=${grid.lat}&lon=${grid.lon}`);' },
    { ts: 'await fetch(`https://shop.example/mail?id=${id}`);' },
  ],
});
