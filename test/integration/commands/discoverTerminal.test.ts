import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { plainValues } from "../../../commands/discover/settings";
import { ownKeys, readConfiguration } from "../../../configuration/load";
import { repositoryRoot } from "../../../scripts/lab/folders";
import { keys, onTerminal, type Answer } from "../../support/scriptedTerminal";
import { removeFolder, temporaryFolder } from "../../support/temporaryFolder";
import { simulated } from "../vcenter/simulated";

describe("npm run discover on a terminal", () => {
  const { simulator } = simulated();
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder, "Pulumi.asked.yaml");
  });

  afterEach(() => {
    removeFolder(folder);
  });

  async function discover(...answers: readonly Answer[]): ReturnType<typeof onTerminal> {
    const { server, user, password } = simulator().connection;
    const env = {
      ...{ PATH: process.env["PATH"], HOME: folder, TERM: "xterm-256color" },
      ...{ VSPHERE_SERVER: server, VSPHERE_USER: user, VSPHERE_PASSWORD: password },
      NODE_EXTRA_CA_CERTS: simulator().certificateAuthorityFile,
    };
    const typescript = join(repositoryRoot, "node_modules", "tsx", "dist", "loader.mjs");
    const program = join(repositoryRoot, "commands", "main.ts");
    const command = [process.execPath, "--import", typescript, program, "discover"];
    return onTerminal(
      [...command, "--stack", "asked", "--out", file],
      { cwd: repositoryRoot, env },
      answers,
    );
  }

  it("writes what a person answers, and what is proposed where the answer is Enter", async () => {
    const { exitCode, screen } = await discover(
      { to: "Datacenters to use", keys: keys.down + keys.space + keys.enter },
      { to: "Clusters to use", keys: keys.enter },
      {
        to: "Datastores for volumes of /X1/host/x1_cluster_prod",
        keys: keys.enter,
      },
      { to: "Datastores for volumes of /X1/host/x1_cluster_stage", keys: keys.enter },
      { to: "Network of the nodes in /X1", keys: keys.up + keys.up + keys.enter },
      { to: "Datastore of root disks in /X1", keys: keys.enter },
      { to: "Account that Deckhouse works with", keys: `ops@vsphere.local${keys.enter}` },
    );
    assert.equal(exitCode, 0, screen);
    const { configuration } = readConfiguration(ownKeys(plainValues(file)));
    assert.deepEqual(
      configuration.regions.map(({ datacenter, zones }) => [
        datacenter,
        zones.map(({ cluster }) => cluster),
      ]),
      [["/X1", ["/X1/host/x1_cluster_prod", "/X1/host/x1_cluster_stage"]]],
    );
    assert.deepEqual(
      configuration.role?.principals.map(({ name }) => name),
      ["ops@vsphere.local"],
    );
    const text = readFileSync(file, "utf8");
    assert.match(text, /^ *# .*path: k8s-public$/m);
    assert.match(text, /^ *# +rootDiskDatastore: x1_root$/m);
  });

  it("writes nothing when the person gives up", async () => {
    const { exitCode, screen } = await discover({
      to: "Datacenters to use",
      keys: keys.interrupt,
    });
    assert.equal(exitCode, 1, screen);
    assert.match(screen, /Nothing was written: the questions were not answered/);
    assert.equal(existsSync(file), false);
  });
});
