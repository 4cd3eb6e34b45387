import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { allSettings } from "../../../configuration/settings";
import { repositoryRoot } from "../../../scripts/lab/folders";
import { runStacks, stacksOf } from "../../support/stackList";
import { gitlabJobs, workflow, workflowJob, workflowTexts } from "../../support/workflowFiles";

const names = ["drift", "preview", "test", "up"];
const onStack = ["drift", "preview", "up"];
const texts = Object.entries(workflowTexts());
const read = (file: string): string => readFileSync(join(repositoryRoot, file), "utf8");

/** The versions that were looked up for each commit; docs/continuous-integration.md says where. */
const pins: Readonly<Record<string, string>> = {
  "actions/cache": "cdf6c1fa76f9f475f3d7449005a359c84ca0f306 # v5.0.3",
  "actions/checkout": "de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2",
  "actions/setup-go": "4a3601121dd01d1626a1e23e37211e3254c1c06c # v6.4.0",
  "actions/setup-node": "53b83947a5a98c8d113130e565377fae1a50d02f # v6.3.0",
  "pulumi/actions": "8e5e406f4007fca908480587cb9893c07090f58d # v7.0.0",
};

/** The commands of a GitHub job. */
function commandsOf(name: string): string[] {
  return workflowJob(name).steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
}

/** A pattern of `changes` of GitLab, of the kinds that the documentation uses: braces, stars, and folders with all below. */
function patternOf(glob: string): RegExp {
  const text = glob
    .replaceAll(".", "\\.")
    .replaceAll("**/*", "\0")
    .replaceAll("*", "[^/]*")
    .replaceAll("\0", ".+")
    .replaceAll(/\{([^}]*)\}/g, (_, names: string) => `(?:${names.replaceAll(",", "|")})`);
  return new RegExp(`^${text}$`);
}

describe("the GitHub workflows", () => {
  it("are these four", () => {
    assert.deepEqual(
      texts.map(([name]) => name),
      names.map((name) => `${name}.yml`),
    );
  });

  it("pin every action by its commit, with the version beside it", () => {
    for (const [file, text] of texts) {
      const uses = [...text.matchAll(/^.*\buses:\s*(.*)$/gm)].map(([, value]) => value!);
      assert.ok(uses.length > 0, file);
      for (const value of uses) {
        const [, action, pin] =
          /^([\w-]+\/[\w-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)$/.exec(value) ?? [];
        assert.ok(action !== undefined, `${file}: ${value}`);
        assert.equal(pin, pins[action], `${file}: ${value}`);
      }
    }
  });

  // With the secrets of this repository never on code of others, which is what pull_request_target would do.
  it("run at these events, where, with these permissions, and after an approval where something changes", () => {
    const found = names.map((name) => {
      const { on, permissions, concurrency: ofWorkflow } = workflow(name);
      const job = workflowJob(name);
      assert.deepEqual(permissions, {}, name);
      // Of stacks, each job has its own: what is for one must not hold up or cancel that of another.
      assert.equal(ofWorkflow === undefined, name !== "test");
      const { concurrency = ofWorkflow } = job;
      const { environment, permissions: granted, "runs-on": runner } = job;
      return [
        name,
        { on, concurrency, granted, runner, environment, minutes: job["timeout-minutes"] },
      ];
    });
    // Requests of strangers are tested too, so never on a machine of one's own.
    const paths = ["**", "!Pulumi.*.yaml", "Pulumi.dev.yaml", "!.github/stacks.json"];
    const own = "${{ vars.RUNNER || 'ubuntu-latest' }}";
    assert.deepEqual(Object.fromEntries(found), {
      drift: {
        on: { schedule: [{ cron: "23 4 * * *" }], workflow_dispatch: null },
        concurrency: { group: "drift-${{ matrix.stack }}", "cancel-in-progress": false },
        granted: { contents: "read", issues: "write" },
        runner: own,
        environment: "${{ matrix.preview }}",
        minutes: 30,
      },
      preview: {
        on: { pull_request: null },
        concurrency: {
          group: "preview-${{ github.event.pull_request.number }}-${{ matrix.stack }}",
          "cancel-in-progress": true,
        },
        granted: { contents: "read", "pull-requests": "write" },
        runner: own,
        environment: "${{ matrix.preview }}",
        minutes: 30,
      },
      test: {
        on: { pull_request: { paths }, push: { branches: ["main"], paths } },
        concurrency: {
          group: "test-${{ github.event.pull_request.number || github.sha }}",
          "cancel-in-progress": true,
        },
        granted: { contents: "read" },
        runner: "ubuntu-latest",
        environment: undefined,
        minutes: 90,
      },
      up: {
        on: { push: { branches: ["main"] } },
        concurrency: {
          ...{ group: "up-${{ matrix.stack }}", "cancel-in-progress": false, queue: "max" },
        },
        granted: { contents: "read", "pull-requests": "write" },
        runner: own,
        environment: "${{ matrix.up }}",
        minutes: 360,
      },
    });
  });

  it("run for each stack of the list, side by side, none when there is none, and not for requests from elsewhere", () => {
    const here = "github.event.pull_request.head.repo.full_name == github.repository";
    const human = "github.event.pull_request.user.login != 'dependabot[bot]'";
    for (const name of onStack) {
      const job = workflowJob(name);
      assert.equal(job.needs, "stacks", name);
      assert.equal(job.if, "needs.stacks.outputs.stacks != '[]'", name);
      assert.deepEqual(
        job.strategy,
        {
          ...{ "fail-fast": false },
          matrix: { include: "${{ fromJSON(needs.stacks.outputs.stacks) }}" },
        },
        name,
      );
      assert.equal(job.steps.at(-1)!.env!["PULUMI_STACK"], "${{ matrix.stack }}", name);
      const list = workflow(name).jobs["stacks"]!;
      assert.deepEqual(list.if?.split(" && "), name === "preview" ? [here, human] : undefined);
      assert.deepEqual(list.outputs, { stacks: "${{ steps.list.outputs.stacks }}" }, name);
      assert.equal(list.steps.at(-1)!.id, "list", name);
      assert.equal(list.steps.at(-1)!.run, 'node scripts/stacks.js >> "$GITHUB_OUTPUT"', name);
    }
  });

  it("give secrets to nothing but the step that needs them", () => {
    for (const [file, text] of texts) {
      const inText = text.match(/\b(secrets\.|github\.token)/g)?.length ?? 0;
      const { env, jobs } = workflow(file.replace(".yml", ""));
      const { steps } = Object.values(jobs).at(-1)!;
      const inLast = JSON.stringify(steps.at(-1)).match(/\b(secrets\.|github\.token)/g) ?? [];
      assert.equal(inLast.length, inText, file);
      assert.equal(env, undefined, file);
      assert.notEqual(steps.at(-1)!.run, undefined, file);
    }
    assert.doesNotMatch(workflowTexts()["test.yml"]!, /secrets\./);
  });

  it("put nothing from outside into a script", () => {
    for (const name of names) {
      for (const { run = "" } of workflowJob(name).steps) assert.doesNotMatch(run, /\$\{\{/, name);
    }
  });

  it("leave no token behind in the checkout", () => {
    for (const name of names) {
      const checkout = workflowJob(name).steps.find(({ uses }) => uses?.includes("/checkout@"));
      assert.deepEqual(checkout?.with, { "persist-credentials": false }, name);
    }
  });

  it("use the engine, the Node and the Go that the tests use", () => {
    const binaries = read("scripts/lab/binaries.ts");
    const engine = /version\.Version=v([\d.]+)`/.exec(binaries)?.[1];
    const go = /^go (.*)$/m.exec(read("lab/packer/go.mod"))?.[1];
    const given = (name: string, action: string): Readonly<Record<string, unknown>> =>
      workflowJob(name).steps.find(({ uses }) => uses?.startsWith(action))?.with ?? {};
    assert.equal(given("test", "actions/setup-go")["go-version"], go);
    for (const name of onStack) {
      assert.deepEqual(given(name, "pulumi/actions"), { "pulumi-version": engine }, name);
    }
    for (const name of names) {
      assert.match(
        String(given(name, "actions/setup-node")["node-version"]),
        /^20\.(19|20)$/,
        name,
      );
    }
  });

  it("give the program each variable that it reads, secrets as secrets", () => {
    for (const name of onStack) {
      const { env = {} } = workflowJob(name).steps.at(-1)!;
      for (const { variable, secret } of allSettings) {
        if (variable === undefined) continue;
        const expected = `\${{ ${secret ? "secrets" : "vars"}.${variable} }}`;
        assert.equal(env[variable], expected, `${name}.yml: ${variable}`);
      }
    }
  });

  it("use settings of the repository that are explained", () => {
    const explained = read("docs/continuous-integration.md");
    for (const [file, text] of texts) {
      for (const [, setting] of text.matchAll(/\b(?:vars|secrets)\.(\w+)/g)) {
        assert.ok(explained.includes(`\`${setting ?? ""}\``), `${file}: ${setting ?? ""}`);
      }
    }
  });

  it("have commands that the end-to-end tests run, or that ran before them", () => {
    const commands = names.flatMap((name) => commandsOf(name).map((run) => `${name}: ${run}`));
    assert.deepEqual(commands, [
      "drift: node scripts/installPackages.js",
      "drift: node --import tsx commands/main.ts ci drift",
      "preview: node scripts/installPackages.js",
      "preview: node --import tsx commands/main.ts ci preview",
      "test: make test",
      "up: node scripts/installPackages.js",
      "up: node --import tsx commands/main.ts ci up",
    ]);
    // `make test` starts with the second.
    assert.match(read("Makefile"), /^packages:\n(\t.*\n)*?\t@node scripts\/installPackages\.js$/m);
  });
});

describe("the list of stacks", () => {
  it("gives a stack the environments of its name, unless its entry has others", () => {
    assert.deepEqual(stacksOf('[{"stack":"a"},{"stack":"b","preview":"p","up":"u"}]'), [
      { stack: "a", preview: "a-preview", up: "a" },
      { stack: "b", preview: "p", up: "u" },
    ]);
    assert.deepEqual(stacksOf("[]"), []);
  });

  for (const [text, says] of [
    [
      "{",
      /^\.github\/stacks\.json: found a text that is not JSON: .*: correct it, or write \[\]$/m,
    ],
    [
      "{}",
      /^\.github\/stacks\.json: found object: it is not a list: write \[\{ "stack": "prod" \}\]$/m,
    ],
    [
      '[{"up":"a"}]',
      /^\.github\/stacks\.json\[0\]\.stack: found nothing: it is no name: write one$/m,
    ],
    ['[{"stack":""}]', /^\.github\/stacks\.json\[0\]\.stack: found "": it is no name: write one$/m],
    [
      '[{"stack":"a","env":"b"}]',
      /^\.github\/stacks\.json\[0\]\.env: found a key: there is no such key/m,
    ],
    ['[{"stack":"a"},{"stack":"a"}]', /^\.github\/stacks\.json: found the stack a twice: /m],
    ["[3]", /^\.github\/stacks\.json\[0\]\.stack: found nothing: it is no name/m],
  ] as const) {
    it(`is refused in a sentence: ${text}`, () => {
      const { status, stdout, stderr } = runStacks(text);
      assert.equal(status, 1);
      assert.equal(stdout, "");
      assert.match(stderr, says);
      assert.doesNotMatch(stderr, /\n {4}at /);
    });
  }

  it("is empty in a copy of this repository", () => {
    assert.equal(read(".github/stacks.json"), "[]\n");
  });
});

describe("the .gitlab-ci.yml of the documentation", () => {
  const jobs = gitlabJobs();
  const text = read("docs/continuous-integration.md");

  it("has the same four jobs with the same commands as the GitHub workflows", () => {
    assert.deepEqual(Object.keys(jobs).sort(), ["drift", "preview", "test", "up"]);
    for (const [name, { before_script: before = [], script = [] }] of Object.entries(jobs)) {
      assert.deepEqual([...before, ...script], commandsOf(name), name);
    }
  });

  it("has the three stacks of the list for GitHub, with the same environments", () => {
    const [, list = ""] = /```json\n(\[[^]*?\n\])\n```/.exec(text)!;
    const stacks = stacksOf(list);
    assert.equal(stacks.length, 3);
    for (const name of onStack) {
      assert.deepEqual(
        jobs[name]!.parallel?.matrix,
        stacks.map(({ stack, preview, up }) => ({
          ...{ PULUMI_STACK: stack, PREVIEW_ENVIRONMENT: preview, UP_ENVIRONMENT: up },
        })),
        name,
      );
    }
  });

  it("tests when the program changed, and not for a line of a stack's file", () => {
    const files = execFileSync("git", ["ls-files"], { cwd: repositoryRoot, encoding: "utf8" })
      .trim()
      .split("\n");
    for (const { changes = [] } of jobs["test"]!.rules!) {
      const covered = (file: string): boolean => changes.some((one) => patternOf(one).test(file));
      const ours = /^(\.github|\.vscode|\.ci|\.editorconfig|\.git|\.prettier|eslint)/;
      assert.deepEqual(
        files.filter((file) => !covered(file) && !ours.test(file)),
        [],
      );
      for (const file of ["Pulumi.berlin.yaml", ".gitlab/stacks.yml"]) {
        assert.ok(!covered(file), file);
      }
    }
  });

  it("has the engine that the tests use", () => {
    const engine = /image: pulumi\/pulumi-nodejs-22:(.*)/.exec(text)?.[1];
    const pulumi = workflowJob("up").steps.find(({ uses }) => uses?.startsWith("pulumi/"));
    assert.equal(engine, pulumi?.with?.["pulumi-version"]);
  });

  it("previews the requests of this project alone, and lets a newer preview cancel an older", () => {
    const rules = jobs["preview"]!.rules!.map((rule) => rule.if.split(" && "));
    assert.deepEqual(rules, [
      [
        '$CI_PIPELINE_SOURCE == "merge_request_event"',
        "$CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID",
      ],
    ]);
    assert.equal(jobs["preview"]!.interruptible, true);
    const block = /```yaml\n# \.gitlab-ci\.yml\n([^]*?)```/.exec(text)![1]!;
    const { workflow } = parse(block) as { workflow: unknown };
    assert.deepEqual(workflow, { auto_cancel: { on_new_commit: "interruptible" } });
  });

  it("changes something only on the main branch, by hand, one after the other, never cancelled", () => {
    const { rules, environment, resource_group: group, interruptible } = jobs["up"]!;
    assert.deepEqual(rules, [
      {
        if: '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH',
        when: "manual",
      },
    ]);
    assert.deepEqual(
      [environment, group, interruptible],
      ["$UP_ENVIRONMENT", "$PULUMI_STACK", false],
    );
    assert.equal(jobs["drift"]!.resource_group, group);
  });

  it("looks for drift in scheduled pipelines alone", () => {
    assert.deepEqual(jobs["drift"]!.rules, [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }]);
  });

  it("ends at some time", () => {
    for (const [name, { timeout }] of Object.entries(jobs)) assert.ok(timeout, name);
  });
});
