import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { deckhouseVsphere } from "../../commands/main";
import { anchorOf } from "../../scripts/configurationReference/words";
import { repositoryRoot } from "../../scripts/lab/folders";
import { commandsOf, faultOf } from "../support/documentationBlocks";
import { proofs, readElsewhere } from "../support/documentationProofs";
import { blocksOf } from "../support/markdown";

/** The pages, by their path in the repository. */
const pages = new Map(
  [
    ...["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "examples/README.md", "lab/README.md"],
    ...readdirSync(join(repositoryRoot, "docs"))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `docs/${name}`),
  ].map((page) => [page, readFileSync(join(repositoryRoot, page), "utf8")]),
);

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

  it("says in CHANGELOG what each version changes, from the one of the package on", () => {
    const titles = (pages.get("CHANGELOG.md") ?? "").match(/^## .*$/gm) ?? [];
    const [newest = "", ...older] = titles.filter((title) => title !== "## Unreleased");
    const { version } = JSON.parse(readFileSync(join(repositoryRoot, "package.json"), "utf8")) as {
      version: string;
    };
    assert.match(newest, new RegExp(`^## ${version} - \\d{4}-\\d\\d-\\d\\d$`));
    for (const title of older) assert.match(title, /^## \d+\.\d+\.\d+ - \d{4}-\d\d-\d\d$/);
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
