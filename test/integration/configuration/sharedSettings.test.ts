import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../../commands/run";
import { connectionFrom } from "../../../configuration/connection";
import { ownKeys, readConfiguration } from "../../../configuration/load";
import {
  engineEnvironment,
  processEnvironment,
  usesOfficialEngine,
} from "../../../scripts/lab/environment";
import { labFolders, repositoryRoot } from "../../../scripts/lab/folders";
import { removeFolder, temporaryFolder, writeFiles } from "../../support/temporaryFolder";

/** The blocks of examples/README.md that say which file they are, by its name. */
function writtenFiles(): Record<string, string> {
  const text = readFileSync(join(repositoryRoot, "examples", "README.md"), "utf8");
  const blocks = text.matchAll(/^```yaml\n# (Pulumi[\w.]*\.yaml).*\n([^]*?)^```$/gm);
  return Object.fromEntries([...blocks].map(([, name = "", content = ""]) => [name, content]));
}

describe("three stacks that share settings, as examples/README.md writes them", () => {
  const folder = temporaryFolder();
  const choice = { folders: labFolders(), official: usesOfficialEngine() };
  const environment = processEnvironment(engineEnvironment(choice, join(folder, "state")));

  before(() => {
    const { "Pulumi.yaml": shared = "", ...stacks } = writtenFiles();
    const project = readFileSync(join(repositoryRoot, "Pulumi.yaml"), "utf8");
    mkdirSync(join(folder, "state"));
    writeFiles(folder, { ...stacks, "Pulumi.yaml": `${project}${shared}` });
  });

  after(() => {
    removeFolder(folder);
  });

  async function valuesOf(stack: string): Promise<Record<string, string>> {
    const run = async (...args: readonly string[]): Promise<string> =>
      (await runCommand("pulumi", [...args, "--non-interactive"], { cwd: folder, environment }))
        .stdout;
    await run("stack", "init", stack);
    const entries = JSON.parse(await run("config", "--json", "--stack", stack)) as Record<
      string,
      { value: string }
    >;
    return Object.fromEntries(Object.entries(entries).map(([key, { value }]) => [key, value]));
  }

  for (const [stack, datacenter, principals, extraPrivileges] of [
    ["fra", "/Frankfurt", ["deckhouse@corp.example.com"], ["Folder.Create"]],
    ["ams", "/Amsterdam", ["deckhouse@corp.example.com"], ["Folder.Create"]],
    ["lon", "/London", ["deckhouse@corp.example.com", "london-team@corp.example.com"], []],
  ] as const) {
    it(`${stack} has the shared settings that it does not write itself`, async () => {
      const values = await valuesOf(stack);
      const written = ownKeys(values);
      const { configuration } = readConfiguration(written);
      assert.deepEqual(
        configuration.regions.map((region) => region.datacenter),
        [datacenter],
      );
      assert.deepEqual(
        configuration.role?.principals.map(({ name }) => name),
        principals,
      );
      const { extraPrivileges: extra = [] } = written["role"] as { extraPrivileges?: string[] };
      assert.deepEqual(extra, extraPrivileges);
      assert.deepEqual(written["templateImage"], {
        existing: { template: "Templates/ubuntu-24.04" },
      });
      const { server, user } = connectionFrom({
        lookup: (key) => values[key],
        environment: { VSPHERE_PASSWORD: "not asked for here" },
      });
      assert.equal(server, `vcenter-${stack}.example.com`);
      assert.equal(user, "pulumi@corp.example.com");
    });
  }
});
