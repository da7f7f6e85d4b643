import { rule, suggest, type Answer, type Setting } from '../kit/index.js';

/** A scheme given as the address of its descriptor: `&protocomm_security0`. */
function plainScheme({ value }: Setting): boolean {
  return value.kind === 'address' && value.parts[0]?.names[0] === 'protocomm_security0';
}

function judge(setting: Setting): Answer {
  const { value, means, spelling } = setting;
  if (means === 'on')
    return { at: value, shows: `provisioning is encrypted (${value.text})`, provision: '5.5-6' };
  const on = spelling('on');
  return (
    (means === 'off' || plainScheme(setting)) && {
      at: value,
      says: `${value.text} leaves the session unencrypted: what is handed over in it, the Wi-Fi password as a rule, is on the air`,
      ...(on !== undefined && { fixes: [suggest(value, on, 'Encrypt the provisioning session')] }),
    }
  );
}

export default rule({
  id: 'provisioning-without-security',
  title: 'Wi-Fi provisioning in the clear',
  severity: 'error',
  heading: 5,
  provisions: ['5.5-6', '5.5-1', '5.12-1'],
  cwe: [319],
  why: 'Provisioning is the moment when the user hands over the key to their home network; in the clear everybody within radio range gets it too.',
  attack:
    'A neighbour leaves a receiver running and waits for the day the new device is set up. They read name and password of the home network from the recording and are in, long after set-up is over.',
  instead:
    'Use security 2 (SRP6a, with a salt and verifier per unit) or at least security 1 with a proof of possession per unit that stands on the label.',

  any: { setting: { 'provisioning.security': judge } },

  bad: [
    {
      c: 'void f(void) { wifi_prov_mgr_start_provisioning(«WIFI_PROV_SECURITY_0», NULL, name, NULL); }',
      becomes: 'void f(void) { wifi_prov_mgr_start_provisioning(WIFI_PROV_SECURITY_1, NULL, name, NULL); }',
    },
    {
      c: 'void f(void) { network_prov_security_t security = NETWORK_PROV_SECURITY_0; network_prov_mgr_start_provisioning(«security», NULL, name, NULL); }',
    },
    {
      c: 'void f(protocomm_t *pc) { protocomm_set_security(pc, "prov-session", «&protocomm_security0», NULL); }',
    },
  ],
  good: [
    {
      c: `void f(void) {
#ifdef CONFIG_SECURITY_VERSION_2
  wifi_prov_security_t security = WIFI_PROV_SECURITY_2;
#else
  wifi_prov_security_t security = WIFI_PROV_SECURITY_0;
#endif
  wifi_prov_mgr_start_provisioning(security, NULL, name, NULL);
}`,
    },
    {
      c: 'void f(void) { wifi_prov_mgr_start_provisioning(WIFI_PROV_SECURITY_2, &params, name, NULL); }',
      shows: '5.5-6',
    },
    {
      c: 'void f(protocomm_t *pc) { protocomm_set_security(pc, "prov-session", &protocomm_security1, &pop); }',
    },
    {
      c: 'void f(wifi_prov_security_t security) { wifi_prov_mgr_start_provisioning(security, NULL, name, NULL); }',
    },
  ],
});
