import assert from "node:assert/strict";
import { cpSync, existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { repositoryRoot } from "../../../../scripts/lab/folders";
import { runPacker } from "../../../support/labPrograms";
import { oldPackerFolder } from "../../../support/packerSource";
import type { ProgramRun } from "../../../support/processes";
import { removeFolder, temporaryFolder } from "../../../support/temporaryFolder";

const folders = join(repositoryRoot, "template", "packer");

/** What has no default: the place in a vCenter that need not exist to validate. */
const place = {
  vcenter_server: "vcenter.example.com",
  vcenter_username: "packer@vsphere.local",
  vcenter_datacenter: "X1",
  vcenter_cluster: "x1_cluster_prod",
  vcenter_datastore: "x1_lun_1",
  vcenter_folder: "Templates",
  vm_network: "net3-k8s",
};
const passwords = {
  PKR_VAR_vcenter_password: "vcenter-password-5e0c",
  PKR_VAR_connection_password: "build-password-77ab",
};
const required = [...Object.keys(place), "vcenter_password", "connection_password"].sort();

/** The variables of Deckhouse's old folder; those of the built-in ones are these and more. */
const oldVariables = [
  ...["vcenter_server", "vcenter_username", "vcenter_password", "vcenter_cluster"],
  ...["vcenter_datacenter", "vcenter_resource_pool", "vcenter_datastore", "vcenter_folder"],
  ...["vm_network", "os_version", "os_codename", "guest_os_type", "iso_checksum", "boot_command"],
  ...["os_family", "os_iso_url", "root_disk_size", "connection_username", "connection_password"],
  ...["vm_hardware_version", "nic_type", "num_cpu", "num_cores", "vm_ram", "image_name_suffix"],
];
const ownVariables = [
  ...["vcenter_host", "vcenter_insecure_connection", "boot_wait", "ip_settle_timeout"],
  ...["ip_wait_timeout", "ssh_port", "ssh_timeout", "shutdown_timeout"],
];

/** The input variables that Packer finds in a folder, as it shows their values. */
async function variablesOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await runPacker(["inspect", folder]);
  const found = [...stdout.matchAll(/^var\.(\w+): "(.*)"$/gm)];
  return new Map(found.map(([, name, value]) => [name!, value!]));
}

const isValid = ({ exitCode, output }: ProgramRun): void =>
  assert.deepEqual([exitCode, output], [0, "The configuration is valid.\n"]);

const versions = [
  { version: "22.04", codename: "jammy", release: "22.04.5" },
  { version: "24.04", codename: "noble", release: "24.04.5" },
];

describe("the Packer folders", () => {
  it("are formatted", async () => {
    for (const folder of [folders, oldPackerFolder]) {
      const run = await runPacker(["fmt", "-check", "-diff", "-recursive", folder]);
      assert.deepEqual([run.exitCode, run.output], [0, ""]);
    }
  });

  it("of both versions have the same files, all but one of them shared", () => {
    for (const { version } of versions) {
      const entries = readdirSync(join(folders, `ubuntu-${version}`), { withFileTypes: true });
      const named = (isLink: boolean): string[] =>
        entries.filter((entry) => entry.isSymbolicLink() === isLink).map(({ name }) => name);
      assert.deepEqual(named(false), ["version.pkr.hcl"]);
      assert.deepEqual(named(true).sort(), readdirSync(join(folders, "ubuntu")).sort());
      for (const link of named(true)) {
        assert.ok(existsSync(join(folders, `ubuntu-${version}`, link)), link);
      }
    }
  });

  it("of Deckhouse, as imitated, have its variables", async () => {
    const names = [...(await variablesOf(oldPackerFolder)).keys()].sort();
    const forTests = ["boot_wait", "ip_settle_timeout", "ssh_port"];
    assert.deepEqual(names, [...oldVariables, ...forTests].sort());
  });
});

for (const { version, codename, release } of versions) {
  describe(`the built-in Packer folder for Ubuntu ${version}`, () => {
    const folder = join(folders, `ubuntu-${version}`);
    let temporary: string;

    before(() => (temporary = temporaryFolder()));
    after(() => removeFolder(temporary));

    /** Runs a command of Packer on the folder with these values in a file. */
    async function withValues(
      command: string,
      values: Readonly<Record<string, string | number>> = {},
      options: { readonly input?: string; readonly environment?: NodeJS.ProcessEnv } = {},
    ): Promise<ProgramRun> {
      const file = join(temporary, "values.pkrvars.json");
      writeFileSync(file, JSON.stringify({ ...place, ...values }));
      const environment = { ...passwords, ...options.environment };
      return runPacker([command, `-var-file=${file}`, folder], { ...options, environment });
    }

    /** The value of an expression in the folder. */
    async function valueOf(
      expression: string,
      values: Readonly<Record<string, string>> = {},
    ): Promise<string> {
      const run = await withValues("console", values, { input: `${expression}\n` });
      assert.equal(run.exitCode, 0, run.output);
      return run.stdout;
    }
    const listOf = async (...parameters: Parameters<typeof valueOf>): Promise<string[]> =>
      JSON.parse(await valueOf(`jsonencode(${parameters[0]})`, parameters[1])) as string[];

    it("is valid, also as a copy that follows its links, and from inside it", async () => {
      isValid(await withValues("validate"));
      const copy = join(temporary, "copy");
      cpSync(folder, copy, { recursive: true, dereference: true });
      writeFileSync(join(copy, "vsphere.auto.pkrvars.json"), JSON.stringify(place));
      isValid(await runPacker(["validate", "."], { folder: copy, environment: passwords }));
    });

    it("has the variables of Deckhouse's old folder and its own, and names each that is missing", async () => {
      const variables = await variablesOf(folder);
      assert.deepEqual([...variables.keys()].sort(), [...oldVariables, ...ownVariables].sort());
      const unknown = [...variables].filter(([, value]) => value === "<unknown>");
      assert.deepEqual(unknown.map(([name]) => name).sort(), required);
      const { exitCode, output } = await runPacker(["validate", folder]);
      const unset = [...output.matchAll(/^Error: Unset variable "(\w+)"$/gm)];
      assert.deepEqual([exitCode, unset.map(([, name]) => name).sort()], [1, required]);
    });

    it("refuses values that are not what they should be", async () => {
      const refused: Readonly<Record<string, string | number>>[] = [
        ...['ubuntu"', "it's", "Ubuntu", "", "a".repeat(33)].map((name) => ({
          connection_username: name,
        })),
        { connection_password: "" },
        { connection_password: "a".repeat(73) },
        { vm_hardware_version: 14 },
        { image_name_suffix: "/../other" },
      ];
      for (const values of refused) {
        const { exitCode, output } = await withValues("validate", values);
        assert.equal(exitCode, 1, `${JSON.stringify(values)}: ${output}`);
        assert.match(output, /The value of \w+ /);
      }
    });

    it("names the template by family, codename, version and suffix alone", async () => {
      const name = `ubuntu-${codename}-${version}`;
      assert.equal(await valueOf("local.template_name"), `${name}\n`);
      const suffix = { image_name_suffix: "-3f2a9c1" };
      assert.equal(await valueOf("local.template_name", suffix), `${name}-3f2a9c1\n`);
    });

    it("looks for its ISO among the old releases too, and for one of the user at its address alone", async () => {
      assert.deepEqual(await listOf("local.iso_urls"), [
        `https://releases.ubuntu.com/${version}/ubuntu-${release}-live-server-amd64.iso`,
        `https://old-releases.ubuntu.com/releases/${version}/ubuntu-${release}-live-server-amd64.iso`,
      ]);
      for (const address of ["http://iso.example.com/releases.ubuntu.com/u.iso", "file:///u.iso"]) {
        assert.deepEqual(await listOf("local.iso_urls", { os_iso_url: address }), [address]);
      }
    });

    it("types the address of Packer's HTTP server, for the installer alone", async () => {
      const lines = (await listOf("var.boot_command")).filter((line) => line.includes("HTTPIP"));
      assert.deepEqual(lines, [
        'linux /casper/vmlinuz autoinstall ds="nocloud-net;seedfrom=http://{{ .HTTPIP }}:{{ .HTTPPort }}/" ---',
      ]);
    });

    it("answers the installer's questions with valid YAML", async () => {
      for (const username of ["ubuntu", "_x-1", "on", "null"]) {
        const text = await valueOf("local.user_data", { connection_username: username });
        assert.match(text, /^#cloud-config\n/);
        const { autoinstall } = parse(text) as {
          autoinstall: {
            identity: { username: string; password: string };
            ssh: { "install-server": boolean };
            "late-commands": string[];
          };
        };
        const { identity, ssh, "late-commands": commands, ...rest } = autoinstall;
        assert.equal(identity.username, username);
        assert.match(identity.password, /^\$2a\$10\$[./A-Za-z0-9]{53}$/);
        assert.equal(ssh["install-server"], true);
        assert.equal(
          commands[0],
          `echo '${username} ALL=(ALL) NOPASSWD:ALL' > /target/etc/sudoers.d/packer-build`,
        );
        const expected = {
          version: 1,
          storage: { layout: { name: "direct" }, swap: { size: 0 } },
          packages: ["open-vm-tools"],
        };
        assert.deepEqual({ ...rest, ...expected }, rest);
      }
    });

    it("shows no password, also when it is not valid", async () => {
      const runs = [
        await withValues("validate", { nic_type: "", vcenter_cluster: "" }),
        await withValues("inspect"),
        await withValues("console", {}, { input: "local.user_data\nvar.connection_password\n" }),
        await withValues("validate", {}, { environment: { PACKER_LOG: "1" } }),
      ];
      assert.equal(runs[0]?.exitCode, 1);
      for (const { output } of runs) {
        for (const password of Object.values(passwords)) {
          assert.ok(!output.includes(password), output);
        }
      }
    });
  });
}
