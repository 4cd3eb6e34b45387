import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { connectionKeys } from "../../../../configuration/connectionKeys";
import { repositoryRoot } from "../../../../scripts/lab/folders";
import { workflow, workflowJob, workflowTexts } from "../../../support/workflowFiles";

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

  it("have no permissions but those that a job asks for", () => {
    for (const name of names) assert.deepEqual(workflow(name).permissions, {}, name);
    assert.deepEqual(
      Object.fromEntries(names.map((name) => [name, workflowJob(name).permissions])),
      {
        drift: { contents: "read", issues: "write" },
        preview: { contents: "read", "pull-requests": "write" },
        test: { contents: "read" },
        up: { contents: "read" },
      },
    );
  });

  it("run at these events, and never with the secrets of this repository on code of others", () => {
    assert.deepEqual(Object.fromEntries(names.map((name) => [name, workflow(name).on])), {
      drift: { schedule: [{ cron: "23 4 * * *" }], workflow_dispatch: null },
      preview: { pull_request: null },
      test: { pull_request: null, push: { branches: ["main"] } },
      up: { push: { branches: ["main"] } },
    });
    const same = "github.event.pull_request.head.repo.full_name == github.repository";
    assert.ok(workflowJob("preview").if?.split(" && ").includes(same));
  });

  it("skip what needs a stack when there is none", () => {
    for (const name of onStack) {
      assert.ok(workflowJob(name).if?.split(" && ").includes("vars.PULUMI_STACK != ''"), name);
    }
    assert.equal(workflowJob("test").if, undefined);
  });

  it("give secrets to nothing but the step that needs them", () => {
    for (const [file, text] of texts) {
      const inText = text.match(/\b(secrets\.|github\.token)/g)?.length ?? 0;
      const { env, jobs } = workflow(file.replace(".yml", ""));
      const { steps } = Object.values(jobs)[0]!;
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

  it("let previews of one request cancel each other, and nothing cancel an up", () => {
    assert.deepEqual(workflow("preview").concurrency, {
      group: "preview-${{ github.event.pull_request.number }}",
      "cancel-in-progress": true,
    });
    assert.deepEqual(workflow("up").concurrency, {
      group: "up",
      "cancel-in-progress": false,
      queue: "max",
    });
    assert.deepEqual(workflow("drift").concurrency, {
      group: "drift",
      "cancel-in-progress": false,
    });
  });

  it("ask for an approval where something is changed", () => {
    assert.deepEqual(
      names.filter((name) => workflowJob(name).environment === "production"),
      ["up"],
    );
  });

  it("end at some time", () => {
    for (const name of names) {
      const minutes = workflowJob(name)["timeout-minutes"] ?? 0;
      assert.ok(minutes > 0 && minutes <= 360, name);
    }
  });

  it("leave no token behind in the checkout", () => {
    for (const name of names) {
      const checkout = workflowJob(name).steps.find(({ uses }) => uses?.includes("/checkout@"));
      assert.deepEqual(checkout?.with, { "persist-credentials": false }, name);
    }
  });

  it("run on a runner that reaches vCenter if there is one", () => {
    for (const name of onStack) {
      assert.equal(workflowJob(name)["runs-on"], "${{ vars.RUNNER || 'ubuntu-latest' }}", name);
    }
    // Requests of strangers are tested too, so never on a machine of one's own.
    assert.equal(workflowJob("test")["runs-on"], "ubuntu-latest");
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
      for (const { environmentVariable: variable, secret } of connectionKeys) {
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
    const commands = names.flatMap((name) =>
      workflowJob(name).steps.flatMap(({ run }) => (run === undefined ? [] : [`${name}: ${run}`])),
    );
    assert.deepEqual(commands, [
      "drift: node scripts/installPackages.js",
      "drift: node --import tsx commands/workflows/drift.ts",
      "preview: node scripts/installPackages.js",
      "preview: node --import tsx commands/workflows/preview.ts",
      "test: make test",
      "up: node scripts/installPackages.js",
      "up: node --import tsx commands/workflows/up.ts",
    ]);
    // `make test` starts with the second.
    assert.match(read("Makefile"), /^packages:\n(\t.*\n)*?\t@node scripts\/installPackages\.js$/m);
  });
});
