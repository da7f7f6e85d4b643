/** Macros that nobody defines here: what a rule sees of the code around them and inside them. */
import { inF, usesIn } from '../../support/c-front.js';
import { rows } from '../../support/seen.js';

describe('C macros: the head of a function', () => {
  rows(usesIn, {
    'is found behind attributes of compilers and frameworks': [
      'static void IRAM_ATTR __attribute__((noinline)) f(void) { use(1); }',
      'f: 1',
    ],
    'is found behind attributes that nobody knows': [
      'OUR_API int f(void) { use(1); }\nstatic OUR_FAST void OUR_SECTION g(OUR_IN int a, OUR_OUT char *b) { use(2); }',
      'f: 1',
      'g: 2',
    ],
    'may be a macro, which is its name together with its first argument': [
      'ISR(TIMER1_vect) { use(1); }\nTEST_CASE("it boots", "[wifi]") { use(2); }\nPROCESS_THREAD(p, ev, data) { use(3); }',
      'ISR(TIMER1_vect): 1',
      'TEST_CASE("it boots"): 2',
      'PROCESS_THREAD(p): 3',
    ],
    'may be of the old style': ['int f(a, b) int a; char *b; { use(1); }', 'f: 1'],
    'may have an attribute between it and the body': ['int f(void) OUR_ATTR(2) { use(1); }', 'f: 1'],
  });
});

describe('C macros: a statement', () => {
  rows(usesIn, {
    'that is a loop is looked into': [
      inF(
        'SLIST_FOREACH(e, &head, next) { use(1); }\nFOREVER() { use(2); }\nPERIPH_RCC_ATOMIC() { use(3); }\nLL_FOREACH(a, b) use(4);\nHASH_ITER(hh, a, b, c) {\nuse(5); }',
      ),
      'f: 1',
      'f: 2',
      'f: 3',
      'f: 4',
      'f: 5',
    ],
    'of an unknown name with a block behind it is looked into': [
      inF('WITH_LOCK(use(1)) { use(2); }'),
      'f: 1',
      'f: 2',
    ],
    'needs no semicolon': [
      inF('BEGIN_CRITICAL\nuse(1);\nCHECK(use(2))\nuse(3);\nEND_CRITICAL\nCHECK(use(4))'),
      'f: 1',
      'f: 2',
      'f: 3',
      'f: 4',
    ],
    'needs no semicolon before a cast to void': [inF('TEST_END(use(1))\n(void) use(2);'), 'f: 1', 'f: 2'],
    'that assigns to a macro is an assignment': [
      inF('REGISTER(BASE, use(1)) = use(2);\nFLAG() = use(3);'),
      'f: 1',
      'f: 2',
      'f: 3',
    ],
    'that declares is none that calls': [
      inF('BITFIELD(map, 32) = { 0 };\nstatic BITFIELD(seen, 8);\nTAILQ_HEAD(list, entry) queue;\nuse(1);'),
      'f: 1',
    ],
    'that lists values is looked into': [
      inF('FIXTURES(fixtures) { new_fixture(use(1)), other, };\nuse(2);'),
      'f: 1',
      'f: 2',
    ],
    'may have a condition whose brackets are a macro’s': [
      inF('if SETTING(use_it) { use(1); } else use(2);'),
      'f: 1',
      'f: 2',
    ],
    'of assembler is passed over': [
      inF(
        'asm volatile ("mov %0, %1" : "=r" (a) : "r" (b) : "memory");\nASM("nop" : : "r" (a));\nregister int r __asm("r0") = use(1);\nuse(2);',
      ),
      'f: 1',
      'f: 2',
    ],
    'may stand under a range of cases': [
      inF("switch (x) { case 1 ... 5: use(1); case 'a'...'z': use(2); }"),
      'f: 1',
      'f: 2',
    ],
    'may jump to a computed label': [
      inF('static void *t[] = { &&one, &&two };\ngoto *t[use(1)];\none: use(2);\ntwo: use(3);'),
      'f: 1',
      'f: 2',
      'f: 3',
    ],
    'may declare by typeof': [inF('typeof(x) y = use(1);\n__typeof__(*p) *q = use(2);'), 'f: 1', 'f: 2'],
    'may declare with attributes that nobody knows': [
      inF(
        'static OUR_ATTR const char a[] = { use(1) };\nOUR_ATTR int b = use(2);\nstatic const char ALIGNED(4) c[] = { use(3) };',
      ),
      'f: 1',
      'f: 2',
      'f: 3',
    ],
  });
});

describe('C macros: an argument', () => {
  rows(usesIn, {
    'may be a type': [
      inF(
        'use(container_of(a, struct node, list), 1);\nuse(va_arg(args, char *), 2);\nNEW(unsigned long, use(3));',
      ),
      'f: ? 1',
      'f: ? 2',
      'f: 3',
    ],
    'may be an operator': [
      inF('ASSERT_OP(use(1), ==, use(2));\nMODIFY(x, |=, use(3));'),
      'f: 1',
      'f: 2',
      'f: 3',
    ],
    'may be a jump': [
      inF(
        'CHECK_GOTO(use(1), goto out);\nCHECK(x, return use(2));\nCHECK(x, break);\nCHECK(x, return);\nout: use(3);',
      ),
      'f: 1',
      'f: 2',
      'f: 3',
    ],
    'may be statements': [
      inF('MEM_CHECK(x, use(1); use(2); return NULL);\nMEM_CHECK(x, use(3););'),
      'f: 1',
      'f: 2',
      'f: 3',
    ],
    'may be fields': [
      inF('INIT(.a = use(1), .b = 2);\nstart({ .a = use(2), [IDX] = use(3) });'),
      'f: 1',
      'f: 2',
      'f: 3',
    ],
    'may be empty': [inF('CALL(a, , use(1));\nCALL(, use(2));\nCALL(use(3), );'), 'f: 1', 'f: 2', 'f: 3'],
    'may be a product, not a type that ends in a star': [
      inF('CHECK(use(a * 2, 1));\nCHECK(use(1, 2 * 3, n * m));'),
      'f: ? 1',
      'f: 1 6 ?',
    ],
    'may be a field of a type': [
      inF('use(offsetof(struct a, b.c[2].d), 1);\nuse(our_offsetof(a_t, b), 2);'),
      'f: ? 1',
      'f: ? 2',
    ],
    'may be strings and macros in a row': [
      `#define NAME "b"\n${inF('use("a" NAME "c");\nuse("%" PRIu32 "\\n", 1);\nuse("a" STR(x) "b", 2);\nuse(FIRST SECOND, 3);\nuse(FIRST "b", 4);')}`,
      'f: abc',
      'f: ? 1',
      'f: ? 2',
      'f: ? 3',
      'f: ? 4',
    ],
  });
});

describe('C macros: an initialiser', () => {
  rows(usesIn, {
    'may name its fields by macros': [
      'struct s x = { .PRIVATE(mode) = use(1), .b = PRIVATE(use(2)) };',
      '-: 1',
      '-: 2',
    ],
    'may stand behind an attribute that nobody knows': [
      'const int a[2] OUR_PROGMEM = { use(1) };\nstatic int b[] OUR_SECTION("x") = { use(2) };\nint_t c PLACED(".rodata") = use(3);',
      '-: 1',
      '-: 2',
      '-: 3',
    ],
    'may hold macros that bring their own comma': [
      'int t[] = { ROW(use(1)) ROW(use(2)) { use(3) }, };',
      '-: 1',
      '-: 2',
      '-: 3',
    ],
  });
});

describe('C macros: a call at top level', () => {
  const after = 'void f(void) { use(1); }\n';
  for (const [name, text] of Object.entries({
    K_THREAD_DEFINE: 'K_THREAD_DEFINE(tid, 512, entry, NULL, NULL, NULL, 5, 0, 0)\n',
    SHELL_CMD_REGISTER: 'SHELL_CMD_REGISTER(wifi, &sub, "Wi-Fi", NULL)\n',
    BT_GATT_SERVICE_DEFINE:
      'BT_GATT_SERVICE_DEFINE(svc,\n  BT_GATT_PRIMARY_SERVICE(BT_UUID),\n  BT_GATT_CHARACTERISTIC(&uuid.uuid, A | B, C, read, NULL, NULL),\n)\n',
    LOG_MODULE_REGISTER: 'LOG_MODULE_REGISTER(app, LOG_LEVEL_DBG)\n',
    'a cross-file array of RIOT':
      'XFA_USE_CONST(shell_command_t, commands)\nXFA(commands, 0) shell_command_t one = { "one" };\n',
    'a statistics section of Mynewt':
      'STATS_SECT_START(s)\n    STATS_SECT_ENTRY(a)\nSTATS_SECT_END\nSTATS_NAME_START(s)\n    STATS_NAME(s, a)\nSTATS_NAME_END(s)\n',
    'a list head':
      'static TAILQ_HEAD(list, entry) queue = TAILQ_HEAD_INITIALIZER(queue);\nstruct s { TAILQ_ENTRY(s) next; int a; };\n',
    'a resource with an initialiser': 'RESOURCE(board) {\n  .path = "/board", .get = on_get,\n}\n',
  }))
    rows(usesIn, {
      [`never swallows its neighbour: ${name}`]: [text + after, 'f: 1'],
      [`nor with a semicolon: ${name}`]: [text.replace(/([)}])\n$/, '$1;\n') + after, 'f: 1'],
    });

  rows(usesIn, {
    'is heard like any other': [
      'use(1)\nuse(2);\nDEFINE(x, use(3))\nvoid f(void) { use(4); }',
      '-: 1',
      '-: 2',
      '-: 3',
      'f: 4',
    ],
  });
});
