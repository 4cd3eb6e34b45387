import assert from "node:assert/strict";
import { shellBlocks } from "../support/markdown";

const page = `# Page

## One

\`\`\`sh
first
\`\`\`

### Inside

\`\`\`yaml
key: value
\`\`\`

\`\`\`console
$ second --flag
what it prints
$ third
\`\`\`

<!-- not run: it needs a cluster -->

\`\`\`sh
never
\`\`\`

## Two

\`\`\`sh
other
\`\`\`
`;

describe("the shell commands of a section", () => {
  it("are its blocks of commands, in their order, with why some are not run", () => {
    assert.deepEqual(shellBlocks(page, "## One"), [
      { commands: "first\n", notRun: undefined },
      { commands: "second --flag\nthird\n", notRun: undefined },
      { commands: "never\n", notRun: "it needs a cluster" },
    ]);
    assert.deepEqual(shellBlocks(page, "## Two"), [{ commands: "other\n", notRun: undefined }]);
  });

  it("are missed when there is no such section", () => {
    assert.throws(() => shellBlocks(page, "## Three"), /no section "## Three"/);
  });
});
