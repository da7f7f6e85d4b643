/** Which headers are linted: those that a `.c` includes and that C can read. */
import assert from 'node:assert/strict';
import { isCpp } from '../../server/src/project/cpp.js';
import { scanC } from '../../server/src/engine/scan/scan.js';
import { reachedFrom } from '../../server/src/project/headers.js';
import { sessionOver } from '../support/memory-host.js';

const TRUSTS =
  'static inline void trust(mbedtls_ssl_config *c) { mbedtls_ssl_conf_authmode(c, MBEDTLS_SSL_VERIFY_NONE); }\n';

async function foundIn(files: Record<string, string>): Promise<string[]> {
  const session = await sessionOver(files, { rules: ['tls-verify-off'] });
  return [...new Set(session.outcome().findings.map(({ at }) => at.file))];
}

describe('headers', () => {
  const cpp: Record<string, string> = {
    'a class': 'class Motor {\n public:\n  void run();\n};\n',
    'a class that is only named': 'class Motor;\nvoid run(Motor *motor);\n',
    'a namespace': 'namespace device {\nint run();\n}\n',
    'a namespace inside a namespace': 'namespace device::motor {\nint run();\n}\n',
    'a template': 'template <typename T> T most(T a, T b);\n',
    'an alias': 'using Callback = void (*)(int);\n',
    'a reference': 'void run(const Motor& motor);\n',
    'a qualified name': 'void run(std::string name);\n',
    'linkage without a guard': 'extern "C" {\nint run(void);\n}\n',
    'what stands in the #else of a guard for C':
      '#ifndef __cplusplus\nint run(void);\n#else\nint a;\n#endif\nclass Motor;\n',
  };
  for (const [what, text] of Object.entries(cpp))
    it(`are C++ with ${what}`, () => {
      assert.equal(isCpp(text), true);
    });

  const c: Record<string, string> = {
    'C++ stands behind a guard': '#ifdef __cplusplus\nclass Motor;\nextern "C" {\n#endif\nint run(void);\n',
    'C++ stands behind a guard with more to it':
      '#if defined(__cplusplus) && __cplusplus >= 201103L\ntemplate <int N> struct A;\n#endif\nint run(void);\n',
    'C++ stands in the #else of a guard':
      '#ifndef __cplusplus\nint run(void);\n#else\nclass Motor;\n#endif\n',
    'C++ stands in the #else of a negated guard':
      '#if !defined(__cplusplus)\nint run(void);\n#else\nusing A = int;\n#endif\n',
    'the words stand in a comment':
      '/* class Motor: a namespace\n   template <T> */\nint run(void); // std::string\n',
    'the words stand in a string': 'static const char *kind = "class Motor; std::string";\n',
    'the words are names of fields':
      'struct usb {\n  int class;\n  void *template, *private, *namespace;\n};\n',
    'the sign is an and': 'static inline int low(const int a) { return (a & 1) && (a & mask); }\n',
    'the sign takes an address': 'static const struct ops *ops = &default_ops;\n',
    'a macro is for C++': '#define CAST(T, x) \\\n  static_cast<std::T>(x)\nint run(void);\n',
  };
  for (const [what, text] of Object.entries(c))
    it(`are C where ${what}`, () => {
      assert.equal(isCpp(text), false);
    });

  it('are reached through each other, by the end of their path', () => {
    const includes: Record<string, string> = {
      'app/main.c': '#include "net.h"\n#  include <drivers/led.h> // the lamp\n',
      'include/drivers/led.h': '#include "../pins.h"\n',
      'include/net.h': '',
      'include/pins.h': '#include "drivers/led.h"\n',
      'other/drivers/led.h': '',
      'include/led.h': '',
      'include/alone.h': '#include "net.h"\n',
    };
    const reached = reachedFrom(
      ['app/main.c'],
      Object.keys(includes).slice(1),
      (file) => scanC(includes[file] ?? '').includes,
    );
    assert.deepEqual([...reached].sort(), [
      'include/drivers/led.h',
      'include/net.h',
      'include/pins.h',
      'other/drivers/led.h',
    ]);
  });

  it('that a .c includes are linted, others are not and are counted', async () => {
    const files = {
      'src/main.c': '#include "trust.h"\nint main(void) { return 0; }\n',
      'include/trust.h': TRUSTS,
      'include/unused.h': TRUSTS,
      'include/motor.h': `class Motor;\n${TRUSTS}`,
      'src/motor.cpp': '#include "motor.h"\n',
    };
    assert.deepEqual(await foundIn(files), ['include/trust.h']);
    const { summary } = (await sessionOver(files)).report();
    assert.equal(summary.headersNotIncluded, 1);
    assert.deepEqual(summary.otherFiles, { 'C++': 2 });
    assert.equal(summary.files, 3);
  });

  it('that nobody includes still give their macros', async () => {
    const files = {
      'main.c': 'void f(void) { TRUST(&conf, NOBODY); }\n',
      'trust.h': '#define TRUST mbedtls_ssl_conf_authmode\n#define NOBODY MBEDTLS_SSL_VERIFY_NONE\n',
    };
    assert.deepEqual(await foundIn(files), ['main.c']);
  });
});
