import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { circles } from "../../scripts/figures/imports";
import { measure, type Figures } from "../../scripts/figures/measure";
import { missedGoals, report } from "../../scripts/figures/report";
import { removeFolder, temporaryFolder, writeFiles } from "../support/temporaryFolder";

const lines = (count: number): string => "// a line\n".repeat(count);

/** A repository of which each figure can be counted by hand. */
const files = {
  "index.ts": `import { a } from "./components/a";\nimport "node:fs";\n${lines(29)}`,
  "components/a.ts": `import type { B } from "../template/b";\nimport { c } from "./c";\n`,
  "components/c.ts": 'import { B } from "../template/b";\nimport type { A } from "./a";\n',
  "template/b.ts": 'export type A = import("../components/a").A;\n',
  "template/known.generated.ts": lines(7),
  "template/packer/verify.sh": lines(50),
  "launch/start.js": 'require("../scripts/tool");\n',
  "scripts/tool.ts": lines(30),
  "scripts/long.ts": lines(31),
  "test/a.test.ts": `import { a } from "../components/a";\n${lines(60)}`,
  "test/fixtures/answer.json": lines(50),
  "sdks/vsphere/index.ts": lines(50),
  "lab/tool/main.ts": lines(50),
  ".hidden/tool.js": 'require("../template/b");\n',
  "eslint.config.mjs": lines(50),
  ".rules.mjs": lines(50),
  "ignored.ts": lines(50),
  ".gitignore": "ignored.ts\n",
};

describe("the figures of the house", () => {
  let root: string;
  let figures: Figures;

  before(async () => {
    root = temporaryFolder();
    writeFiles(root, files);
    const git = (...args: string[]): unknown => execFileSync("git", args, { cwd: root });
    git("init", "--quiet");
    git("add", ".");
    const author = ["-c", "user.name=Tester", "-c", "user.email=tester@example.com"];
    git(...author, "commit", "--quiet", "--message", "Begin");
    writeFiles(root, { "scripts/new.ts": lines(1) });
    figures = await measure(root);
  });

  after(() => removeFolder(root));

  it("count visible folders at the top", () => {
    const folders = ["components", "lab", "launch", "scripts", "sdks", "template", "test"];
    assert.deepEqual(figures.folders, folders);
  });

  it("count files and lines of each part, small files apart", () => {
    assert.deepEqual(figures.program, { files: 5, lines: 31 + 2 + 2 + 1 + 1, smallFiles: 4 });
    assert.deepEqual(figures.scripts, { files: 3, lines: 30 + 31 + 1, smallFiles: 2 });
    assert.deepEqual(figures.tests, { files: 1, lines: 61, smallFiles: 0 });
    assert.deepEqual(figures.generated, { files: 1, lines: 7, smallFiles: 1 });
  });

  it("count imports across rooms, those of types apart", () => {
    assert.deepEqual(figures.acrossRooms, [
      { from: "components", to: "template", count: 2, typeOnly: 1 },
      { from: "index.ts", to: "components", count: 1, typeOnly: 0 },
      { from: "launch", to: "scripts", count: 1, typeOnly: 0 },
      { from: "template", to: "components", count: 1, typeOnly: 1 },
      { from: "test", to: "components", count: 1, typeOnly: 0 },
    ]);
  });

  it("name circles, also those of types alone", () => {
    const ofFiles = ["components/a.ts", "components/c.ts", "template/b.ts"];
    assert.deepEqual(figures.circlesOfFiles, [ofFiles]);
    assert.deepEqual(figures.circlesOfRooms, [["components", "template"]]);
  });

  it("tell that the commit is not all that was measured", () => {
    assert.match(figures.state, /^[0-9a-f]{7,} with changes$/);
  });

  it("tell which goals are missed", () => {
    const missed = ["test lines for one line of the program", "circles of files"];
    assert.deepEqual(missedGoals(figures), [...missed, "circles of rooms"]);
    const met = {
      ...figures,
      folders: Array.from({ length: 16 }, String),
      program: { files: 110, lines: 100, smallFiles: 0 },
      scripts: { files: 110, lines: 100, smallFiles: 0 },
      tests: { files: 1, lines: 130, smallFiles: 0 },
      circlesOfFiles: [],
      circlesOfRooms: [],
    };
    assert.deepEqual(missedGoals(met), []);
    const tooMany = {
      ...met,
      folders: Array.from({ length: 17 }, String),
      scripts: { ...met.scripts, files: 111 },
      tests: { ...met.tests, lines: 131 },
    };
    const small = ["visible folders at the top", "source files of program and scripts"];
    assert.deepEqual(missedGoals(tooMany), [...small, missed[0]]);
  });

  it("are shown side by side, in lines that fit", () => {
    const long = Array.from({ length: 30 }, (_, index) => `components/part${index}/file.ts`);
    const before = { ...figures, circlesOfFiles: [long], circlesOfRooms: [] };
    const text = report(
      new Map([
        ["before", before],
        ["after", figures],
      ]),
    ).split("\n");
    assert.deepEqual(
      text.filter((line) => line.length > 100),
      [],
    );
    const row = (label: string): string | undefined => text.find((line) => line.startsWith(label));
    assert.match(row("circles of rooms ") ?? "", / 0 +1 {2}none: not met$/);
    assert.match(row("visible folders") ?? "", / 7 +7 {2}at most 16: met$/);
    assert.match(row("test lines for one") ?? "", / 1\.65 +1\.65 {2}at most 1\.3: not met$/);
  });
});

describe("circles of a graph", () => {
  const edges = (...pairs: string[]) =>
    pairs.map((pair) => ({ from: pair.slice(0, 1), to: pair.slice(1) }));

  it("are the largest groups that lead to each other", () => {
    assert.deepEqual(circles(edges("ab", "bc", "cd")), []);
    assert.deepEqual(circles(edges("ab", "ba", "bc", "cd", "dc")), [
      ["a", "b"],
      ["c", "d"],
    ]);
    assert.deepEqual(circles(edges("ca", "ab", "bc", "cd", "dc", "ef")), [["a", "b", "c", "d"]]);
  });

  it("are no files that import themselves", () => {
    assert.deepEqual(circles(edges("aa", "ab")), []);
  });
});
