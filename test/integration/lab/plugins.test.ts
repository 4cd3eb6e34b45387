import assert from "node:assert/strict";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandPlugin, packerPlugin } from "../../../scripts/lab/binaries";
import { installEnginePlugin, installPackerPlugin } from "../../../scripts/lab/plugins";
import {
  joinEnvironments,
  packerEnvironment,
  processEnvironment,
  usesOfficialEngine,
} from "../../../scripts/lab/environment";
import { labFolders, type LabFolders } from "../../../scripts/lab/folders";
import { runCommand } from "../../../commands/run";
import { folderForEachTest, writeFiles } from "../../support/temporaryFolder";

/** A template that needs the plugin under the name of its present home. */
const template = `
packer {
  required_plugins {
    vsphere = { source = "github.com/vmware/vsphere", version = ">= 1.4.2" }
  }
}
source "vsphere-iso" "incomplete" {}
build {
  sources = ["source.vsphere-iso.incomplete"]
}
`;

// With binaries that are built already, and everything else in a folder of its own.
describe("the lab's plugins", function () {
  let root: string;
  let folders: LabFolders;

  before(function () {
    // Then the lab has none.
    if (usesOfficialEngine()) this.skip();
  });

  folderForEachTest((made) => {
    root = made;
    const { bin, engine, packerBin, build } = labFolders();
    folders = { ...labFolders(root), bin, engine, packerBin, build };
  });

  it("for the engine are installed when they are missing, and then not again", async () => {
    const { name, version, binary } = commandPlugin;
    const folder = join(folders.pulumiHome, "plugins", `resource-${name}-v${version}`);
    assert.equal(await installEnginePlugin(commandPlugin, folders), true);
    assert.ok(existsSync(join(folder, binary)));
    assert.equal(await installEnginePlugin(commandPlugin, folders), false);
    rmSync(folder, { recursive: true });
    assert.equal(await installEnginePlugin(commandPlugin, folders), true);
    assert.ok(existsSync(join(folder, binary)));
  });

  it("for Packer is installed when it is missing or another build, and then not again", async () => {
    const folder = join(folders.packerPlugins, "github.com", "vmware", "vsphere");
    assert.equal(await installPackerPlugin(folders), true);
    assert.equal(await installPackerPlugin(folders), false);
    const [binary, sum] = readdirSync(folder).sort();
    assert.match(binary ?? "", new RegExp(`^${packerPlugin.binary}_v${packerPlugin.version}_x`));
    assert.equal(sum, `${binary}_SHA256SUM`);
    rmSync(join(folder, binary ?? ""));
    assert.equal(await installPackerPlugin(folders), true);
    assert.equal(await installPackerPlugin(folders), false);
    writeFileSync(join(folders.stamps, `${packerPlugin.binary}.installed`), "another");
    writeFileSync(join(folder, `${packerPlugin.binary}_v9.9.9_x5.0_any`), "");
    assert.equal(await installPackerPlugin(folders), true);
    assert.deepEqual(readdirSync(folder).sort(), [binary, sum]);
  });

  it("for Packer serves a template that requires it, without the Internet and the user's home", async () => {
    await installPackerPlugin(folders);
    const [home, templates] = [join(root, "home"), join(root, "templates")];
    writeFiles(templates, { "template.pkr.hcl": template });
    const nowhere = { HTTPS_PROXY: "http://127.0.0.1:9", HTTP_PROXY: "http://127.0.0.1:9" };
    const lab = joinEnvironments(packerEnvironment({ folders, official: false }), {
      path: [],
      set: { ...nowhere, HOME: home },
      unset: ["XDG_CONFIG_HOME", "XDG_CACHE_HOME"],
    });
    const options = { environment: processEnvironment(lab) };
    const packer = join(folders.packerBin, "packer");
    await runCommand(packer, ["init", templates], options);
    // That it knows what is missing shows that it has started the plugin.
    await assert.rejects(runCommand(packer, ["validate", templates], options), {
      name: "CommandFailure",
      output: /'vcenter_server' is required/,
    });
    assert.equal(existsSync(home), false);
  });
});
