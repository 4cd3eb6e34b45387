import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseDocument } from "yaml";
import { deckhouseVsphere } from "../../commands/main";
import { configurationSchema } from "../../configuration";
import { ownKeys } from "../../configuration/load";
import { allSettings } from "../../configuration/settings";
import { anchorOf } from "../../scripts/configurationReference/words";
import { repositoryRoot } from "../../scripts/lab/folders";
import { blocksOf, type CodeBlock } from "../support/markdown";
import { isTaken, type StackFile } from "../support/stackFile";

/** The pages, by their path in the repository. */
const pages = new Map(
  [
    ...["README.md", "CONTRIBUTING.md", "examples/README.md", "lab/README.md"],
    ...readdirSync(join(repositoryRoot, "docs"))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  ].map((page) => [page, readFileSync(join(repositoryRoot, page), "utf8")]),
);

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
const proofs: readonly (readonly [begins: string, ...proof: Proof])[] = [
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
const plain: readonly RegExp[] = [
  /^(cat|cd|cp|ls|mkdir -p|node --version|pulumi version|npm ci|npm install|npm test|git clone|govc) ?/,
  /^pulumi (login|cancel|stack export|stack import|destroy)\b/,
  /^(export|printf|test -e) ?/,
  /^\. \.lab\/env/,
  /^make (setup|lint|test|demo)$/,
  /^LAB_INVENTORY=\S+ make lab$/,
  /^(openssl|curl) /,
];

/** The commands of a block: lines after a prompt, or all of them where there is none. Comments are left out. */
function commandsOf({ language, text }: CodeBlock): string[] {
  const lines = text.replaceAll(/\\\n\s*/g, "").split("\n");
  const typed =
    language === "console"
      ? lines.filter((line) => line.startsWith("$ ")).map((line) => line.slice(2))
      : lines;
  return typed.map((line) => line.replace(/\s+# .*$/, "").trim()).filter((line) => line !== "");
}

/** Blocks that a test of their own reads out of the page: the page, what they begin with, and that test. */
const readElsewhere: readonly (readonly [page: string, begins: string, ...proof: Proof])[] = [
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

/** What is wrong with a block; nothing where it is proved, checked or marked. */
function faultOf(block: CodeBlock, page = ""): string | undefined {
  if (readElsewhere.some(([of, begins]) => of === page && block.text.startsWith(begins))) {
    return undefined;
  }
  if (block.notRun !== undefined) {
    return block.notRun.length < 10 ? "the reason is too short" : undefined;
  }
  switch (block.language) {
    case "console":
    case "sh":
    case "shell":
    case "bash":
      return faultOfCommands(block);
    case "yaml":
      return faultOfYaml(block.text);
    case "json":
      return faultOfJson(JSON.parse(block.text) as object);
    case "mermaid":
      return /^(flowchart|sequenceDiagram)\b/.test(block.text) ? undefined : "no such diagram";
    case "text":
    case "diff":
      return undefined;
    default:
      return `nobody knows what to do with a block of ${JSON.stringify(block.language)}`;
  }
}

function faultOfCommands(block: CodeBlock): string | undefined {
  const commands = commandsOf(block);
  if (commands.length === 0) return "it has no command";
  const unproved = commands.filter(
    (command) =>
      !plain.some((pattern) => pattern.test(command)) &&
      !proofs.some(([begins]) => command.startsWith(begins)),
  );
  return unproved.length === 0 ? undefined : `nothing runs: ${unproved.join(" | ")}`;
}

/** A configuration, whole or in part, a pipeline, a file of datastores, or a document of the operator or of Pulumi. */
function faultOfYaml(text: string): string | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0) return document.errors.join(", ");
  const content = document.toJS() as unknown;
  if (content === null) return /^# yaml-language-server: /.test(text) ? undefined : "it is empty";
  if (Array.isArray(content)) {
    return content.every((each) => typeof each === "string") ? undefined : "no list of names";
  }
  const keys = Object.keys(content as object);
  if (keys.every((key) => key.includes(":")) || keys.includes("config")) {
    return faultOfConfiguration(
      keys.includes("config") ? (content as StackFile) : ({ config: content } as StackFile),
    );
  }
  if (keys.includes("apiVersion")) return faultOfStackObject(content);
  return `nobody knows what it is: ${keys.join(", ")}`;
}

/** What a part of a configuration lacks is of no interest: each key that is there has to be right. */
function faultOfConfiguration(file: StackFile): string | undefined {
  const written = ownKeys(
    Object.fromEntries(
      Object.entries(file.config).map(([key, value]) => [
        key,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  );
  const unknown = Object.keys(file.config).filter(
    (key) => !key.startsWith("deckhouse-vsphere:") && !allSettings.some((one) => one.key === key),
  );
  if (unknown.length > 0) return `no such keys: ${unknown.join(", ")}`;
  if ("regions" in written && "role" in written && !isTaken(file)) return "it is refused";
  const issues = configurationSchema.partial().safeParse(written).error?.issues ?? [];
  // A part leaves out what is required; a list of datastores may come from a file.
  const wrong = issues.filter(
    (issue) => !(issue.code === "invalid_type" && valueAt(written, issue.path) === undefined),
  );
  return wrong.length === 0
    ? undefined
    : wrong.map(({ path, message }) => `${path.join(".")}: ${message}`).join(", ");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], value);
}

/** The keys of `spec` of the operator's Stack that are used. Source: pulumi/pulumi-kubernetes-operator `docs/stacks.md`. */
const stackKeys: Readonly<Record<string, string>> = {
  ...{ stack: "string", backend: "string", projectRepo: "string", branch: "string" },
  ...{ commit: "string", repoDir: "string", serviceAccountName: "string" },
  ...{ preview: "boolean", refresh: "boolean", continueResyncOnCommitMatch: "boolean" },
  ...{ destroyOnFinalize: "boolean", useLocalStackOnly: "boolean" },
  ...{ resyncFrequencySeconds: "number", envRefs: "object" },
};

function faultOfStackObject(content: unknown): string | undefined {
  const { apiVersion, kind, spec } = content as Record<string, unknown>;
  if (apiVersion !== "pulumi.com/v1" || kind !== "Stack") return "it is no Stack of the operator";
  const wrong = Object.entries(spec as object).filter(
    ([key, value]) => stackKeys[key] !== typeof value,
  );
  return wrong.length === 0 ? undefined : `no such keys: ${wrong.map(([key]) => key).join(", ")}`;
}

/** The keys of the settings of a deployment. Source: pulumi/pulumi `sdk/go/common/apitype/deployments.go`, v3.259.0. */
const deploymentKeys: readonly RegExp[] = [
  /^sourceContext(\.git(\.(repoUrl|branch|repoDir|commit))?)?$/,
  /^operationContext$/,
  /^operationContext\.preRunCommands(\.\d+)?$/,
  /^operationContext\.environmentVariables(\.[A-Z_]+)?$/,
  /^operationContext\.options(\.(skipInstallDependencies|skipIntermediateDeployments|shell|deleteAfterDestroy|remediateIfDriftDetected))?$/,
];

/** Settings of a deployment, or of the policies in policy/. */
function faultOfJson(content: object): string | undefined {
  if ("operationContext" in content) return faultOfDeployment(content);
  const folder = join(repositoryRoot, "policy");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
  const unknown = Object.keys(content).filter(
    (name) => !sources.some((source) => source.includes(`"${name}"`)),
  );
  return unknown.length === 0 ? undefined : `no such policies: ${unknown.join(", ")}`;
}

function faultOfDeployment(content: unknown): string | undefined {
  const paths = (value: unknown, path: string): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, each]) => {
          const below = path === "" ? key : `${path}.${key}`;
          return [below, ...paths(each, below)];
        })
      : [];
  const wrong = paths(content, "").filter((path) => !deploymentKeys.some((key) => key.test(path)));
  return wrong.length === 0 ? undefined : `no such keys: ${wrong.join(", ")}`;
}

describe("the documentation", () => {
  for (const [page, text] of pages) {
    // Each example of the reference comes from the schema, and test/unit/configuration/reference.test.ts checks it there.
    if (page === "docs/configuration.md") continue;
    for (const block of blocksOf(text)) {
      it(`has a block that is run, checked or marked: ${page}:${block.line}`, () => {
        assert.equal(faultOf(block, page), undefined);
      });
    }

    it(`leads somewhere with each link: ${page}`, () => {
      const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
      const dead = links.filter((link) => !/^https?:/.test(link) && !leads(page, link));
      assert.deepEqual(dead, []);
    });
  }

  it("names a test that exists for every command", () => {
    const elsewhere = readElsewhere.map(([, ...rest]) => rest);
    for (const [begins, file, test] of [...proofs, ...elsewhere]) {
      const source = readFileSync(join(repositoryRoot, "test", `${file}.test.ts`), "utf8");
      assert.ok(source.includes(test), `${begins}: there is no "${test}" in ${file}.test.ts`);
    }
  });

  it("names no proof that no page needs", () => {
    const commands = [...pages.values()].flatMap((text) =>
      blocksOf(text)
        .filter(({ language }) => ["console", "sh"].includes(language))
        .flatMap(commandsOf),
    );
    const idle = proofs.filter(
      ([begins], index) =>
        !commands.some(
          (command) => proofs.findIndex(([other]) => command.startsWith(other)) === index,
        ) && begins !== "",
    );
    assert.deepEqual(
      idle.map(([begins]) => begins),
      [],
    );
  });

  it("runs commands of this program that exist, with options that they have", () => {
    const wrong = [...pages].flatMap(([page, text]) =>
      blocksOf(text)
        .filter(({ language }) => ["console", "sh"].includes(language))
        .flatMap(commandsOf)
        .flatMap((command) => {
          const [, name = "", rest = ""] = /^npm run (\S+)(?: --(.*))?$/.exec(command) ?? [];
          const definition = deckhouseVsphere.commands?.find((one) => one.name === name);
          if (definition === undefined) return [];
          const options = [...rest.matchAll(/ --([a-z-]+)/g)].map(([, option = ""]) => option);
          return options
            .filter((option) => !(camelCase(option) in (definition.options ?? {})))
            .map((option) => `${page}: ${name} --${option}`);
        }),
    );
    assert.deepEqual(wrong, []);
  });

  it("lists every page in the README", () => {
    const readme = pages.get("README.md") ?? "";
    const missing = [...pages.keys()].filter(
      (page) => page.startsWith("docs/") && !readme.includes(`(${page})`),
    );
    assert.deepEqual(missing, []);
  });
});

describe("the reader of the documentation", () => {
  const fault = (markdown: string): string | undefined => faultOf(blocksOf(markdown)[0]!);

  for (const [what, markdown] of Object.entries({
    "a command that nothing runs": "```sh\nnpm run mischief\n```",
    "a block in no known language": "```hcl\na = 1\n```",
    "a key that does not exist": "```yaml\ndeckhouse-vsphere:regoins: []\n```",
    "a key of another type": "```yaml\ndeckhouse-vsphere:protect: 7\n```",
    "a key within one that does not exist":
      "```yaml\ndeckhouse-vsphere:role: { principal: [a@b.c] }\n```",
    "a stack that is refused":
      "```yaml\nconfig:\n  deckhouse-vsphere:regions: []\n  deckhouse-vsphere:role: {}\n```",
    "a key of the operator that does not exist":
      "```yaml\napiVersion: pulumi.com/v1\nkind: Stack\nspec: { stacks: a }\n```",
    "a key of a deployment that does not exist":
      '```json\n{ "operationContext": { "options": { "remediate": true } } }\n```',
    "YAML that is none": "```yaml\na: [\n```",
    "a mark without a reason": "<!-- not run: no -->\n\n```sh\ndhctl bootstrap\n```",
  })) {
    it(`finds ${what}`, () => {
      assert.notEqual(fault(markdown), undefined);
    });
  }

  it("takes a block with the reason right before it, and no other", () => {
    const marked = "<!-- not run: it needs a real cluster -->\n\n```sh\ndhctl bootstrap\n```";
    assert.equal(fault(marked), undefined);
    assert.notEqual(fault(marked.replace("\n\n", "\n\nText.\n\n")), undefined);
  });

  it("reads blocks within lists, and the end of each", () => {
    const [one, two] = blocksOf("- a\n\n  ```sh\n  npm ci\n  ```\n\n```yaml\na: 1\n```\n");
    assert.deepEqual([one?.text, one?.line, two?.text], ["npm ci\n", 3, "a: 1\n"]);
    assert.throws(() => blocksOf("```sh\nnpm ci\n"), /has no end/);
  });
});

function camelCase(option: string): string {
  return option.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Whether a link leads to a file of the repository, and to a heading in it where it names one. */
function leads(page: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const file = path === "" ? join(repositoryRoot, page) : join(repositoryRoot, dirname(page), path);
  if (!existsSync(file)) return false;
  if (anchor === undefined || !file.endsWith(".md")) return true;
  const text = pages.get(relative(repositoryRoot, file)) ?? readFileSync(file, "utf8");
  const headings = text.replaceAll(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.+)$/gm);
  return [...headings].some(
    ([, heading = ""]) => anchorOf(heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")) === anchor,
  );
}
