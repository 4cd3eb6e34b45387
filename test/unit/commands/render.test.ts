import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import {
  chosenDocuments,
  documentsIn,
  keptDocuments,
  writeDocuments,
} from "../../../commands/render/documents";
import { exposureOf, reportLines } from "../../../commands/render/render";
import { UserError } from "../../../commands/run";
import { repositoryRoot } from "../../../scripts/lab/folders";
import { folderForEachTest } from "../../support/temporaryFolder";

const outputs = {
  tagIds: { a: "b" },
  documents: { x1: { "bootstrap.yaml": "whole" }, x2: { "bootstrap.yaml": "second" } },
};
const plain = { x1: { "bootstrap.yaml": "plain" }, x2: { "bootstrap.yaml": "2" } };

/** What the engine exports, with these documents in place of those with placeholders. */
function exportedWith(outputs: object): string {
  const type = "deckhouse-vsphere:index:ClusterDocuments";
  const urn = (name: string): string => `urn:pulumi:dev::deckhouse-vsphere::${name}`;
  const resources = [
    { urn: urn("pulumi:pulumi:Stack::dev"), type: "pulumi:pulumi:Stack", outputs: { files: "no" } },
    { urn: urn(`${type}::documents`), type, outputs },
  ];
  return JSON.stringify({ version: 3, deployment: { resources } });
}

function userError(message: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof UserError && message.test(error.message);
}

describe("render", () => {
  let folder: string;

  folderForEachTest((made) => (folder = made));

  describe("takes from a stack's outputs", () => {
    for (const [what, given, choice, expected] of [
      ["the documents with secrets", outputs, {}, outputs.documents],
      ["those of one region", outputs, { region: "x2" }, { x2: { "bootstrap.yaml": "second" } }],
    ] as const) {
      it(what, () => assert.deepEqual(chosenDocuments(documentsIn(given), choice), expected));
    }

    for (const [what, given, region, says] of [
      ["a stack that is not up", {}, undefined, /run `pulumi up` first/],
      ["a stack without clusters", { documents: {} }, undefined, /run `pulumi up` first/],
      ["an unknown region", outputs, "x3", /^--region: found "x3": .*: write one of x1, x2$/],
      ["a region that only an object has", outputs, "toString", /write one of x1, x2$/],
      ["a list", ["x"], undefined, /^What .* printed is not an object of outputs: run /],
      ["a number", { documents: 4 }, undefined, /^What .* printed holds no documents: run /],
    ] as const) {
      it(`nothing from ${what}, and says what to do`, () => {
        assert.throws(() => chosenDocuments(documentsIn(given), { region }), userError(says));
      });
    }
  });

  describe("takes from a stack's state", () => {
    it("the documents with placeholders", () => {
      assert.deepEqual(keptDocuments(exportedWith({ files: plain })), plain);
    });

    for (const [what, exported] of [
      ["a stack that is not up", JSON.stringify({ version: 3, deployment: null })],
      ["a stack whose first up failed", exportedWith({})],
    ] as const) {
      it(`nothing from ${what}, and says what to do`, () => {
        assert.throws(
          () => chosenDocuments(keptDocuments(exported), {}),
          userError(/run `pulumi up` first/),
        );
      });
    }

    it("nothing from what is no documents, and says what to do", () => {
      assert.throws(
        () => keptDocuments(exportedWith({ files: { x1: "text" } })),
        userError(/^What `pulumi stack export` printed holds no documents: run `pulumi up` again/),
      );
    });
  });

  describe("writes files", () => {
    const one = { x1: { "bootstrap.yaml": "whole\n", "ingress.yaml": "part\n" } };
    const modeOf = (path: string): number => statSync(join(folder, path)).mode & 0o777;
    const read = (path: string): string => readFileSync(join(folder, path), "utf8");

    it("into a folder for each region, readable by their owner alone", () => {
      const { files } = writeDocuments(folder, one, { secret: true });
      const paths = ["x1/bootstrap.yaml", "x1/ingress.yaml"];
      assert.deepEqual(
        files.map(({ path }) => path),
        paths,
      );
      assert.equal(read("x1/bootstrap.yaml"), "whole\n");
      assert.deepEqual(["x1", ...paths].map(modeOf), [0o700, 0o600, 0o600]);
    });

    it("readable by everybody when they hold placeholders", () => {
      writeDocuments(folder, one, { secret: false });
      assert.equal(modeOf("x1/bootstrap.yaml") & 0o444, 0o444);
      assert.equal(modeOf("x1") & 0o055, 0o055);
    });

    it("in place of a file or a link that was there, and keeps neither its mode nor its target", () => {
      mkdirSync(join(folder, "x1"));
      writeFileSync(join(folder, "others"), "theirs");
      symlinkSync(join(folder, "others"), join(folder, "x1", "bootstrap.yaml"));
      writeFileSync(join(folder, "x1", "ingress.yaml"), "old", { mode: 0o644 });
      writeDocuments(folder, one, { secret: true });
      assert.equal(read("others"), "theirs");
      assert.equal(read("x1/bootstrap.yaml"), "whole\n");
      assert.equal(modeOf("x1/ingress.yaml"), 0o600);
    });

    it("and removes those that have no documents any more, but nothing of others", () => {
      writeDocuments(folder, one, { secret: true });
      writeFileSync(join(folder, "x1", "notes.txt"), "theirs");
      const less = { x1: { "bootstrap.yaml": "whole\n" } };
      assert.deepEqual(writeDocuments(folder, less, { secret: true }).removed, ["x1/ingress.yaml"]);
      assert.deepEqual(readdirSync(join(folder, "x1")).sort(), ["bootstrap.yaml", "notes.txt"]);
    });

    it("or says in a sentence why it cannot, and leaves no part of one behind", () => {
      mkdirSync(join(folder, "x1", "bootstrap.yaml"), { recursive: true });
      assert.throws(
        () => writeDocuments(folder, one, { secret: true }),
        userError(
          /^--out: found ".*": the files cannot be written there \(EISDIR.*\): name a folder/,
        ),
      );
      assert.deepEqual(readdirSync(join(folder, "x1")), ["bootstrap.yaml"]);
    });
  });

  it("reports each file, what was removed, what to fill in once, and what to beware of", () => {
    const text = 'a: "<PLACEHOLDER: deckhouse.imagesRepo>"\n';
    const files = ["x1/bootstrap.yaml", "x2/bootstrap.yaml"].map((path) => ({ path, text }));
    assert.deepEqual(reportLines("out", { files, removed: ["x1/ingress.yaml"] }, "Beware."), [
      "out/x1/bootstrap.yaml",
      "out/x2/bootstrap.yaml",
      "out/x1/ingress.yaml removed: the stack no longer has this document",
      "",
      "To be filled in before the installation:",
      "  <PLACEHOLDER: deckhouse.imagesRepo>",
      "",
      "Beware.",
    ]);
    assert.deepEqual(reportLines("out", { files: [], removed: [] }, undefined), []);
  });

  it("warns of secrets in a git repository that does not ignore the folder, and nowhere else", async () => {
    const clusters = join(folder, "clusters");
    mkdirSync(clusters);
    assert.equal(await exposureOf(clusters), undefined);
    execFileSync("git", ["init", "--quiet", folder]);
    assert.match((await exposureOf(clusters)) ?? "", /do not commit them/);
    writeFileSync(join(folder, ".gitignore"), "clusters/\n");
    assert.equal(await exposureOf(clusters), undefined);
  });

  describe("started by npm in another folder", () => {
    /** Runs it with what a shell script answers in place of the engine. */
    function started(engine: string | undefined, ...args: readonly string[]) {
      if (engine !== undefined) {
        writeFileSync(join(folder, "pulumi"), `#!/bin/sh\n${engine}\n`, { mode: 0o700 });
      }
      const program = ["--import", "tsx", "commands/main.ts", "render", "--out", "clusters"];
      const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...args], {
        cwd: repositoryRoot,
        env: { PATH: folder, INIT_CWD: folder },
        encoding: "utf8",
      });
      return { status, stdout, stderr };
    }

    for (const [what, more, answer, text, called] of [
      [
        "the documents with secrets that the engine has of the stack",
        [],
        JSON.stringify(outputs),
        "whole",
        "stack output --json --non-interactive --show-secrets --stack prod\n",
      ],
      [
        "those with placeholders, and asks for no secret",
        ["--placeholders"],
        exportedWith({ files: plain }),
        "plain",
        "stack export --stack prod --non-interactive\n",
      ],
    ] as const) {
      it(`writes there ${what}`, () => {
        const engine = `echo "$@" > "$INIT_CWD/called"; echo '${answer}'`;
        assert.deepEqual(started(engine, "--stack", "prod", "--region", "x1", ...more), {
          status: 0,
          stdout: "clusters/x1/bootstrap.yaml\n",
          stderr: "",
        });
        assert.equal(readFileSync(join(folder, "clusters/x1/bootstrap.yaml"), "utf8"), text);
        assert.equal(readFileSync(join(folder, "called"), "utf8"), called);
      });
    }

    for (const [what, engine, says] of [
      [
        "there is no engine on the PATH",
        undefined,
        /^"pulumi stack output --json --non-interactive --show-secrets" could not be started: .*: install Pulumi, https:/,
      ],
      [
        "the engine fails",
        "echo 'error: no stack selected' >&2; exit 255",
        /^error: no stack selected; see docs\/troubleshooting\.md#command-render$/,
      ],
      ["its answer is none", "echo a new version", /^What `pulumi .* printed is not JSON: run /],
    ] as const) {
      it(`says in a line what to do when ${what}`, () => {
        const { status, stdout, stderr } = started(engine);
        assert.deepEqual([status, stdout], [1, ""]);
        assert.match(stderr, /^.*\n$/);
        assert.match(stderr.trimEnd(), says);
      });
    }
  });
});
