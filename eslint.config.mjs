import next from 'eslint-config-next/core-web-vitals';
import nextTypeScript from 'eslint-config-next/typescript';

/** The walls of the house: who may import whom. Each says why, because a rule without a reason gets switched off. */
const browser = ['react', 'react-dom', 'react/*', 'react-dom/*', 'next', 'next/*'];
const sockets = ['socket.io', 'socket.io-client', 'ws'];

function wall(files, rules, ignores = []) {
  return {
    files,
    ignores,
    rules: {
      'no-restricted-imports': ['error', { patterns: rules.map(([group, message]) => ({ group, message })) }],
    },
  };
}

const noClientNode = [
  ['@kubernetes/client-node'],
  'Only server/kubernetes knows the client library: it drops unknown fields.',
];
const noApp = [['**/app/**', '**/components/**'], 'The server does not know the page: they meet in lib/.'];
const onlyStreamSockets = [sockets, 'Only server/stream and server/kubernetes hold sockets.'];
const noPractice = [
  ['**/practice/**', '!**/practice/cluster'],
  'The dashboard reaches the practice cluster only by its kubeconfig, as any cluster.',
];

const walls = [
  wall(
    ['lib/**/*.{ts,tsx}'],
    [
      [
        ['**/server/**', '**/components/**', '**/app/**'],
        'lib/ is pure and knows nobody: it runs in Node and in the browser.',
      ],
      [
        [...browser, ...sockets, 'node:*', '@kubernetes/client-node'],
        'lib/ is pure: no framework, no sockets, no Node built-ins.',
      ],
    ],
    ['lib/**/*.test.ts'],
  ),
  wall(
    ['components/**/*.{ts,tsx}'],
    [
      [['**/server/**', '**/app/**'], 'Components see the board through lib/ and the stream, never the server.'],
      [['socket.io-client', 'socket.io', 'ws'], 'The only socket is in components/live.'],
      [['**/fixtures', '**/fixtures/**', '**/gallery/**'], 'No page that a class looks at is fed by made-up boards.'],
    ],
    [
      'components/live/**',
      'components/gallery/**',
      'components/board/fixtures/**',
      'components/**/testing.tsx',
      'components/**/*.test.{ts,tsx}',
    ],
  ),
  wall(
    ['components/gallery/**/*.{ts,tsx}'],
    [
      [
        ['**/server/**', '**/app/**', '**/live/**', '**/http/**'],
        'The gallery shows made-up boards: it is connected to nothing.',
      ],
    ],
    ['components/**/*.test.{ts,tsx}'],
  ),
  wall(
    ['components/live/**/*.{ts,tsx}'],
    [[['**/server/**', '**/app/**'], 'The page knows the server only by lib/stream.']],
  ),
  wall(['app/**/*.{ts,tsx}'], [[['**/server/**'], 'Pages are shells: data comes by the stream and by /api.']]),
  wall(
    ['server/kubernetes/**/*.ts'],
    [
      noApp,
      noPractice,
      [
        ['**/http/**', '**/stream/**', '**/policy/**', '**/watch/**', '../dns/**'],
        'kubernetes is the lowest room of the server.',
      ],
    ],
  ),
  wall(
    ['server/watch/**/*.ts', 'server/policy/**/*.ts', 'server/dns/**/*.ts'],
    [
      noApp,
      noPractice,
      noClientNode,
      onlyStreamSockets,
      [
        ['../http/**', '../stream/**'],
        'Siblings import only downward: http, stream → policy, watch, dns → kubernetes.',
      ],
    ],
  ),
  wall(['server/stream/**/*.ts'], [noApp, noPractice, noClientNode], ['server/stream/**/*.test.ts']),
  wall(['server/http/**/*.ts'], [noApp, noPractice, noClientNode, onlyStreamSockets]),
  wall(['server/main.ts'], [noApp, noPractice]),
  wall(
    ['server/practice/**/*.ts'],
    [
      noApp,
      noClientNode,
      [
        ['**/lib/board/**', '**/lib/stream/**', '**/lib/actions/**', '**/lib/lab/**'],
        'The practice cluster shares only lib/kubernetes.',
      ],
      [
        ['**/server/kubernetes/**', '**/server/watch/**', '**/server/http/**', '**/server/stream/**'],
        'The practice cluster is a cluster: it knows no dashboard.',
      ],
    ],
    ['server/practice/**/*.test.ts'],
  ),
  wall(
    ['server/practice/{controllers,scheduler,kubelet,dns,network}/**/*.ts'],
    [[['**/storage/**'], 'Only api touches storage: everyone else is a client of the API.'], noClientNode],
  ),
  wall(
    ['e2e/**/*.ts'],
    [[['**/server/**', '**/components/**'], 'End-to-end tests know the product from outside only.']],
  ),
];

/** Time and chance are passed in, so that a test can step them. */
const passedIn = {
  files: ['lib/**/*.ts', 'server/practice/**/*.ts'],
  ignores: ['**/*.test.ts', '**/testing/**', 'server/practice/clock.ts', 'server/practice/ids.ts'],
  rules: {
    'no-restricted-globals': [
      'error',
      ...['setTimeout', 'setInterval'].map((name) => ({ name, message: 'Timers come from the Clock passed in.' })),
    ],
    'no-restricted-properties': [
      'error',
      { object: 'Date', property: 'now', message: 'Time comes from the Clock passed in.' },
      { object: 'Math', property: 'random', message: 'Chance comes from the Ids passed in.' },
    ],
  },
};

const size = {
  files: ['**/*.{ts,tsx,mjs}'],
  ignores: ['**/*.test.{ts,tsx}'],
  rules: {
    'max-lines': ['error', { max: 450 }],
    '@typescript-eslint/no-explicit-any': 'error',
    '@typescript-eslint/no-non-null-assertion': 'error',
    '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  },
};

const config = [
  {
    ignores: [
      '.next/**',
      'dist/**',
      'node_modules/**',
      '.ordinal/**',
      'next-env.d.ts',
      'test-results/**',
      'playwright-report/**',
    ],
  },
  ...next,
  ...nextTypeScript,
  size,
  passedIn,
  ...walls,
];

export default config;
