import { rule, type Answer } from '../kit/index.js';

export default rule({
  id: 'x-powered-by',
  title: 'Web server names its framework',
  severity: 'info',
  in: 'strict',
  heading: 6,
  provisions: ['5.6-2'],
  cwe: [200],
  why: 'Express adds X-Powered-By to every answer, also to the first one before any log-in.',
  attack:
    'Someone searches the whole network for that header, gets a list of gateways built with the framework, and tries its latest hole on each of them.',
  instead: "app.disable('x-powered-by'), or helmet(), which does that and more.",

  ts: {
    product: {
      needs: ['express', 'helmet', 'express.Application#disable', 'express.Application#set'],
      *judge(product): Iterable<Answer> {
        const [helmet] = product.calls('helmet');
        if (helmet) {
          yield {
            at: helmet.calleeAt,
            shows: 'Answers carry protective headers and do not name the framework',
            provision: '5.6-2',
          };
          return;
        }
        const off = [
          ...product.calls('express.Application#disable'),
          ...product.calls('express.Application#set'),
        ];
        if (off.some(({ args }) => args[0]?.value?.toLowerCase() === 'x-powered-by')) return;
        for (const app of product.calls('express'))
          yield {
            at: app.calleeAt,
            says: 'every answer of this server names its framework, also before log-in',
          };
      },
    },
  },

  bad: [
    { ts: "import express from 'express';\nconst app = «express»();\napp.listen(80);" },
    { ts: "const express = require('express');\nconst app = «express»();\napp.set('view engine', 'pug');" },
  ],
  good: [
    { ts: "import express from 'express';\nconst app = express();\napp.disable('x-powered-by');" },
    {
      ts: "import express from 'express';\nimport helmet from 'helmet';\nconst app = express();\napp.use(helmet());",
      shows: '5.6-2',
    },
    { ts: "import express from 'express';\nconst app = express();\napp.set('x-powered-by', false);" },
  ],
});
