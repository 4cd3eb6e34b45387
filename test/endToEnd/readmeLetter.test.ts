import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import {
  engineEnvironment,
  packerEnvironment,
  processEnvironment,
  joinEnvironments,
  usesOfficialEngine,
  certificateBundle,
} from "../../scripts/lab/environment";
import { labFolders, repositoryRoot } from "../../scripts/lab/folders";
import { duration } from "../../scripts/lab/progress";
import { developmentConfiguration } from "../../scripts/examples/exampleConfiguration";
import { Simulator } from "../../scripts/lab/simulator";
import { shellBlocks } from "../support/markdown";
import { removeFolder, temporaryFolder } from "../support/temporaryFolder";

const clusterAccountPassword = "x7Qv2Lm9Zt4Kw8Rb";
const longestToPreview = 10 * 60_000;

/** The section's own words for what everybody has of their own; the rest is typed as it stands. */
function withOwnNames(commands: string, simulator: Simulator): string {
  return commands.replaceAll("vcenter.example.com", simulator.connection.server);
}

/** What vCenter cannot tell, as a person adds it to the file: the example's clusters, each in the region of its datacenter. */
function describeClusters(file: string): void {
  const example = developmentConfiguration();
  const document = parseDocument(readFileSync(file, "utf8"));
  const at = ["config", "deckhouse-vsphere:regions"];
  const { config } = document.toJS() as { config: Record<string, { datacenter: string }[]> };
  for (const [index, { datacenter }] of (config["deckhouse-vsphere:regions"] ?? []).entries()) {
    const known = example.regions.find((region) => region.datacenter === datacenter);
    document.setIn([...at, index, "clusterConfiguration"], known?.clusterConfiguration);
  }
  const shared = ["config", "deckhouse-vsphere:clusterConfiguration"];
  document.setIn(shared, example["clusterConfiguration"]);
  writeFileSync(file, document.toString({ lineWidth: 0 }));
}

describe("README, followed to the letter from an empty folder", () => {
  let simulator: Simulator;
  let folder: string;

  before(async () => {
    folder = temporaryFolder();
    simulator = await Simulator.start();
  });

  after(async () => {
    await simulator.stop();
    removeFolder(folder);
  });

  it("leads from git clone to a prepared vCenter, and to the first preview in ten minutes", async function () {
    this.timeout(15 * 60_000);
    const begin = Date.now();
    const clone = join(folder, "deckhouse-vsphere");
    execFileSync("git", ["clone", "--quiet", repositoryRoot, clone]);
    const readme = readFileSync(join(clone, "README.md"), "utf8");
    const blocks = shellBlocks(readme, "## Use it on a vCenter")
      .filter(({ notRun }) => notRun === undefined)
      .map(({ commands }) => withOwnNames(commands, simulator));
    const [marks, described] = [join(folder, "marks"), join(folder, "described")];
    const cluster = blocks.findIndex((text) => text.includes("clusterAccountPassword"));
    const script = blocks
      .map((text, index) => {
        // Here the person writes clusterConfiguration into the file.
        const wait = index === cluster ? `until test -e '${described}'; do sleep 0.1; done\n` : "";
        return `${wait}${text}\necho ${index} >> '${marks}'\n`;
      })
      .join("");
    assert.ok(cluster > 0);
    const preview = blocks.findIndex((text) => text.includes("pulumi preview"));
    assert.ok(preview >= 0);

    const run = follow(script);
    let untilPreview: number | undefined;
    const watch = setInterval(() => {
      const done = existsSync(marks) ? readFileSync(marks, "utf8").trim().split("\n") : [];
      if (done.includes(String(preview))) untilPreview ??= Date.now() - begin;
      if (done.includes(String(cluster - 1)) && !existsSync(described)) {
        describeClusters(join(clone, "Pulumi.prod.yaml"));
        writeFileSync(described, "");
      }
    }, 100);
    const { exitCode, output } = await run;
    clearInterval(watch);
    assert.equal(exitCode, 0, output);
    assert.match(output, /^\d+ facts of vCenter checked, 0 errors/m);
    const { attachments } = await simulator.control.snapshot();
    assert.ok(attachments.some(({ category }) => category === "k8s-zone"));
    assert.equal(readdirSync(join(clone, "clusters")).length, 2);
    assert.ok(!output.includes(simulator.connection.password));
    assert.ok(untilPreview !== undefined && untilPreview < longestToPreview);
    console.log(`      from git clone to the first preview: ${duration(untilPreview)}`);
  });

  /** Types a script into a shell in the clone, on a machine with the tools and nothing else of this program. */
  function follow(script: string): Promise<{ exitCode: number | null; output: string }> {
    const home = join(folder, "home");
    mkdirSync(home);
    const bundle = join(folder, "certificates.pem");
    writeFileSync(bundle, certificateBundle(simulator.certificateAuthorityFile, undefined));
    const choice = { folders: labFolders(), official: usesOfficialEngine() };
    const {
      PULUMI_BACKEND_URL: _backend,
      PULUMI_CONFIG_PASSPHRASE: _passphrase,
      ...tools
    } = processEnvironment(
      joinEnvironments(engineEnvironment(choice, home), packerEnvironment(choice)),
    );
    const child = spawn("bash", ["-e", "-c", script], {
      cwd: join(folder, "deckhouse-vsphere"),
      env: {
        ...tools,
        ...{ HOME: home, PULUMI_CREDENTIALS_PATH: join(folder, "credentials") },
        // As if the authority were installed on the machine.
        ...{ SSL_CERT_FILE: bundle, NODE_EXTRA_CA_CERTS: simulator.certificateAuthorityFile },
        // Instead of a person who chooses "yes".
        PULUMI_SKIP_CONFIRMATIONS: "true",
      },
      stdio: ["pipe", "pipe", "pipe"],
    });
    // What a person types where a password is asked for, in this order.
    child.stdin.end(`${simulator.connection.password}\n${clusterAccountPassword}\n`);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    return new Promise((resolve, reject) => {
      child.on("error", reject);
      child.on("close", (exitCode) => {
        resolve({ exitCode, output });
      });
    });
  }
});
