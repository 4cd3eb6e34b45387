/** A test that runs a command: the file, and the name in it. */
type Proof = readonly [file: string, test: string];

const up: Proof = ["endToEnd/firstUp", "attaches the tags that the govc commands attach"];
const adopt: Proof = ["endToEnd/adopt", "is used: up changes nothing, and destroy removes nothing"];
const connection: Proof = [
  "endToEnd/rotatedCredentials",
  "works at preview, up and destroy without anything but the new value in the configuration",
];
const discover: Proof = [
  "endToEnd/discover",
  "describes a bare vCenter, so that nothing is in the way of the first up",
];
const labDay: Proof = [
  "integration/lab/lab",
  "gives a shell, in any folder and more than once, what pulumi, govc and packer need",
];

/** What the commands of the pages are run by. The first that a line begins with counts. */
export const proofs: readonly (readonly [begins: string, ...proof: Proof])[] = [
  [
    "pulumi up --run-program",
    "endToEnd/otherVCenter",
    "is refused, and is taken for the same one when the configuration says so",
  ],
  [
    "pulumi config set --path deckhouse-vsphere:vCenter.restoredAs",
    "endToEnd/otherVCenter",
    "is refused, and is taken for the same one when the configuration says so",
  ],
  [
    "pulumi config set deckhouse-vsphere:preflight off",
    "endToEnd/preflightOff",
    "is previewed as the configuration says it, with one warning",
  ],
  ["pulumi preview", "endToEnd/drift", "drift is seen by a plain preview and mended by up:"],
  ["pulumi up", ...up],
  ["pulumi config set", ...connection],
  ["pulumi stack init", ...up],
  [
    "npm run adopt -- --stack prod --take",
    "endToEnd/adopt",
    "is taken over: up changes nothing, and destroy removes the tags and the role",
  ],
  ["npm run adopt", ...adopt],
  [
    "npm run leave",
    "endToEnd/adopt",
    "a stack is left, and vCenter stays byte for byte; it comes back by --take",
  ],
  [
    "npm run check -- --stack prod --before-up",
    "endToEnd/check",
    "says before the first up that Deckhouse could not install, and with --before-up that nothing is in the way",
  ],
  [
    "npm run check",
    "endToEnd/check",
    "exits with 0 after up, in every form, and changes nothing in vCenter",
  ],
  ["npm run review", "endToEnd/review", "calls a first up safe, and shows every region and zone"],
  ["npm run discover", ...discover],
  [
    "npm run render",
    "unit/commands/render",
    "the documents with secrets that the engine has of the stack",
  ],
  ["make lab-down", "integration/lab/lab", "starts a vCenter that another process finds and stops"],
  ["make lab", ...labDay],
  [
    "packer ",
    "integration/template/packer/folders",
    "is valid, also as a copy that follows its links, and from inside it",
  ],
  ["export PULUMI_RUN_PROGRAM=true", "endToEnd/runProgram", "a second preview is empty"],
];

/**
 * Lines that need no proof of ours: other people's commands in their plainest use, and what runs the tests itself. The
 * demonstration has tests of its parts (test/unit/lab/demo.test.ts).
 */
export const plain: readonly RegExp[] = [
  /^(cat|cd|cp|ls|mkdir -p|node --version|pulumi version|npm ci|npm install|npm test|git clone|govc) ?/,
  /^pulumi (login|cancel|stack export|stack import|destroy)\b/,
  /^(export|printf|test -e) ?/,
  /^\. \.lab\/env/,
  /^make (setup|lint|test|demo)$/,
  /^LAB_INVENTORY=\S+ make lab$/,
  /^(openssl|curl) /,
];

/** Blocks that a test of their own reads out of the page: the page, what they begin with, and that test. */
export const readElsewhere: readonly (readonly [page: string, begins: string, ...proof: Proof])[] =
  [
    [
      "docs/continuous-integration.md",
      '[\n  { "stack"',
      "unit/commands/pipelines",
      "has the three stacks of the list for GitHub, with the same environments",
    ],
    [
      "docs/continuous-integration.md",
      "# .gitlab/stacks.yml",
      "unit/commands/pipelines",
      "has the three stacks of the list for GitHub, with the same environments",
    ],
    [
      "docs/continuous-integration.md",
      "# .gitlab-ci.yml",
      "unit/commands/pipelines",
      "has the same four jobs with the same commands as the GitHub workflows",
    ],
    [
      "examples/README.md",
      "# Pulumi.yaml",
      "integration/configuration/sharedSettings",
      "three stacks that share settings, as examples/README.md writes them",
    ],
    [
      "docs/package.md",
      "import {",
      "endToEnd/package",
      "have types that its compiler finds and accepts",
    ],
  ];
