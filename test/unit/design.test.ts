import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/lab/folders";

const page = readFileSync(join(repositoryRoot, "docs", "design.md"), "utf8");

/** The rows of the table in a section of docs/design.md, without its two lines of headings. */
function tableOf(heading: string): string[][] {
  const [, section = ""] = page.split(`\n## ${heading}\n`);
  const rows = section.slice(0, section.search(/\n## /)).match(/^\|.*\|$/gm) ?? [];
  return rows.slice(2).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The files and folders that a text names: what is in backticks with a slash in it, and is not a command. */
function pathsIn(text: string): string[] {
  return [...text.matchAll(/`([\w.-]+\/[\w./-]*)`/g)].map(([, path = ""]) => path);
}

describe("docs/design.md", () => {
  const changes = tableOf("Where to start a change");

  it("names where to start each kind of change that newcomers make", () => {
    assert.deepEqual(
      changes.map(([change]) => change),
      [
        "add a rule",
        "add a field to a document",
        "add a privilege",
        "change how a template is chosen",
        "change a message",
        "add a check of vCenter",
        "add a command",
      ],
    );
  });

  for (const [change = "", folder = "", start = ""] of changes) {
    it(`names a file of the folder to open: ${change}`, () => {
      for (const opened of pathsIn(folder)) {
        assert.ok(pathsIn(start).some((path) => path.startsWith(opened) && path !== opened));
      }
      assert.ok(pathsIn(folder).length > 0);
    });
  }

  it("names only files and folders that exist", () => {
    const paths = pathsIn(page);
    assert.ok(paths.length > 40, paths.join());
    for (const path of paths) {
      assert.ok(existsSync(join(repositoryRoot, path)), path);
      // A folder is written with a slash at its end.
      assert.equal(statSync(join(repositoryRoot, path)).isDirectory(), path.endsWith("/"), path);
    }
  });

  it("has every room of the repository, and no other", () => {
    // What git has, because a checkout may hold folders that somebody has written documents to.
    const files = execFileSync("git", ["ls-files", "--full-name", ":/"], { cwd: repositoryRoot });
    const rooms = [...new Set(files.toString().match(/^[^./\n]+\//gm))];
    const named = tableOf("The rooms").flatMap(([room = ""]) => pathsIn(room));
    assert.deepEqual(
      named.sort(),
      rooms.filter((room) => !["docs/", "examples/"].includes(room)).sort(),
    );
    const readme = readFileSync(join(repositoryRoot, "README.md"), "utf8");
    const listed = readme.slice(readme.indexOf("\n## Where things are\n"));
    for (const room of rooms) {
      assert.ok(listed.includes(`| \`${room}\``), room);
    }
  });
});
