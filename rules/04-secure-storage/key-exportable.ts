import { rule, type Call, type Expr } from '../kit/index.js';

function mentions(usage: Expr | undefined, word: string): boolean {
  return (
    usage !== undefined && (usage.names.includes(word) || usage.parts.some((part) => mentions(part, word)))
  );
}

/** The attributes of a key that outlives the power supply are set in the same function. */
function isPersistent({ inside }: Call): boolean {
  const { calls = new Set<string>() } = inside ?? {};
  return calls.has('psa_set_key_id') || calls.has('psa_set_key_lifetime');
}

function isPublic({ inside }: Call): boolean {
  return (
    inside?.calls.has('PSA_KEY_TYPE_ECC_PUBLIC_KEY') === true ||
    inside?.calls.has('psa_export_public_key') === true
  );
}

export default rule({
  id: 'key-exportable',
  title: 'A stored key may be taken out again',
  severity: 'warning',
  in: 'audit',
  heading: 4,
  provisions: ['5.4-1', '5.4-2'],
  cwe: [522],
  why: 'A key store keeps a key from whoever takes over the application, unless the key was put in with the permission to hand it out.',
  attack:
    'Someone finds a flaw in the web server of the device and runs code in it. They ask the key store for the key of the device, which may be exported, and from then on speak to the cloud as this device, from anywhere, also after the flaw is mended.',
  instead:
    'Leave PSA_KEY_USAGE_EXPORT away: psa_set_key_usage_flags(&attributes, PSA_KEY_USAGE_SIGN_HASH). The public half can be exported without it (psa_export_public_key).',

  c: {
    call: {
      psa_set_key_usage_flags: (call) => {
        const usage = call.args[1];
        if (!usage || !isPersistent(call)) return undefined;
        if (!mentions(usage, 'PSA_KEY_USAGE_EXPORT'))
          return usage.kind === 'name' || usage.kind === 'binary'
            ? { at: usage, shows: 'A stored key cannot be exported', provision: '5.4-1' }
            : undefined;
        return (
          !isPublic(call) && {
            at: usage,
            says: 'a key that is stored with PSA_KEY_USAGE_EXPORT is handed out to whatever runs on the device',
          }
        );
      },
    },
  },

  bad: [
    {
      c: `psa_status_t store(const uint8_t *key, size_t n, psa_key_id_t *id) {
  psa_key_attributes_t a = PSA_KEY_ATTRIBUTES_INIT;
  psa_set_key_usage_flags(&a, «PSA_KEY_USAGE_SIGN_HASH | PSA_KEY_USAGE_EXPORT»);
  psa_set_key_lifetime(&a, PSA_KEY_LIFETIME_PERSISTENT);
  psa_set_key_id(&a, 7);
  return psa_import_key(&a, key, n, id);
}`,
    },
    {
      c: `#define USAGE (PSA_KEY_USAGE_DERIVE | PSA_KEY_USAGE_EXPORT)
psa_status_t pair(psa_key_id_t *id) {
  psa_key_attributes_t a = psa_key_attributes_init();
  psa_set_key_id(&a, DEVICE_KEY);
  psa_set_key_usage_flags(&a, «USAGE»);
  psa_set_key_type(&a, PSA_KEY_TYPE_ECC_KEY_PAIR(PSA_ECC_FAMILY_SECP_R1));
  return psa_generate_key(&a, id);
}`,
    },
  ],
  good: [
    {
      c: `psa_status_t store(const uint8_t *key, size_t n, psa_key_id_t *id) {
  psa_key_attributes_t a = PSA_KEY_ATTRIBUTES_INIT;
  psa_set_key_usage_flags(&a, PSA_KEY_USAGE_SIGN_HASH);
  psa_set_key_lifetime(&a, PSA_KEY_LIFETIME_PERSISTENT);
  psa_set_key_id(&a, 7);
  return psa_import_key(&a, key, n, id);
}`,
      shows: '5.4-1',
    },
    {
      c: 'void session(psa_key_attributes_t *a) { psa_set_key_usage_flags(a, PSA_KEY_USAGE_ENCRYPT | PSA_KEY_USAGE_EXPORT); }',
    },
  ],
});
