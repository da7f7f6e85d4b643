import { rule, type ProductView } from '../kit/index.js';

const MANAGERS = [
  ['wifi_prov_mgr_disable_auto_stop', 'wifi_prov_mgr_stop_provisioning', 'wifi_prov_mgr_deinit'],
  ['network_prov_mgr_disable_auto_stop', 'network_prov_mgr_stop_provisioning', 'network_prov_mgr_deinit'],
] as const;

export default rule({
  id: 'provisioning-never-stops',
  title: 'Set-up mode never ends',
  severity: 'warning',
  heading: 12,
  provisions: ['5.12-1', '5.6-1', '5.5-5'],
  cwe: [1188],
  why: 'Set-up over Bluetooth or an own access point is made for the first minutes; left open it is a second way in for ever.',
  attack:
    'Someone in the street opens the set-up app months after the installation. The device still offers its set-up service, so they give it the name of their own network, and it follows them there with all its data.',
  instead:
    'Leave auto-stop on, or call the stop function once the device is connected and after a few minutes without success.',

  c: {
    product: {
      needs: MANAGERS.flat(),
      *judge(product: ProductView) {
        for (const [disable, ...stops] of MANAGERS)
          if (!stops.some((name) => product.calls(name).length > 0))
            for (const call of product.calls(disable))
              yield {
                at: call.calleeAt,
                says: 'auto-stop is off and nothing stops provisioning: set-up stays open for everybody',
              };
      },
    },
  },

  bad: [
    {
      c: 'void f(void) { «wifi_prov_mgr_disable_auto_stop»(1000); wifi_prov_mgr_start_provisioning(security, pop, name, key); }',
    },
    {
      c: '#define KEEP_OPEN network_prov_mgr_disable_auto_stop\nvoid f(void) { ESP_ERROR_CHECK(«KEEP_OPEN»(0)); }',
    },
  ],
  good: [
    { c: 'void f(void) { wifi_prov_mgr_start_provisioning(security, pop, name, key); }' },
    {
      c: 'void f(void) { wifi_prov_mgr_disable_auto_stop(1000); }\nvoid on_ip(void) { «guard: wifi_prov_mgr_stop_provisioning();» }',
    },
    {
      c: 'void f(void) { network_prov_mgr_disable_auto_stop(1000); }\nvoid on_timeout(void) { network_prov_mgr_deinit(); }',
    },
  ],
});
