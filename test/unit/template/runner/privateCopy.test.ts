import assert from "node:assert/strict";
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";

import { preparePrivateCopy, variableFileArguments } from "../../../../template/runner/privateCopy";
import { pluginBlock } from "../../../../template/packerFolder";
import type { ImageRecipe } from "../../../../template/recipe";
import type { TemplateRequest } from "../../../../template/request";
import { folderContents } from "../../../../template/folderContents";
import { oldPackerFolder } from "../../../support/packerSource";
import { builtinRecipe, examplePlace, exampleRequest } from "../../../support/templateImages";
import { removeFolder, temporaryFolder, writeFiles } from "../../../support/temporaryFolder";
import { repositoryRoot } from "../../../../configuration/repositoryRoot";

const deckhouse: ImageRecipe = {
  ...{ hardware: {}, variables: {} },
  source: {
    ...({ kind: "deckhouse", ubuntu: "22.04" } as const),
    ...{ commit: "c".repeat(40), repository: "../deckhouse" },
  },
};
const ours: ImageRecipe = {
  ...{ hardware: {}, variables: {} },
  source: {
    ...({ kind: "directory", path: "ours", name: "ours" } as const),
    variableFiles: ["22.04.pkrvars.hcl"],
  },
};
const manifest =
  '\n  post-processor "manifest" {\n    output = "deckhouse-vsphere-manifest.json"\n  }\n';

describe("the private copy of a Packer folder", () => {
  let root: string;
  let folder: string;
  let links: string;

  beforeEach(() => {
    root = temporaryFolder();
    folder = join(root, "copy");
    links = temporaryFolder();
    cpSync(oldPackerFolder, folder, { recursive: true });
  });

  afterEach(() => {
    removeFolder(root);
    removeFolder(links);
  });

  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  function prepare(
    recipe: ImageRecipe = deckhouse,
    request: Partial<TemplateRequest> = {},
    httpAddress?: string,
  ): void {
    preparePrivateCopy(
      folder,
      { ...exampleRequest, ...request },
      { recipe, ...(httpAddress === undefined ? {} : { httpAddress }) },
      { root, suffix: "-0123abcd-building-1", links },
    );
  }
  function failure(...given: Parameters<typeof prepare>): readonly [string, string] {
    try {
      prepare(...given);
    } catch (error) {
      const { name, stage, message, remedy } = error as Record<string, string>;
      assert.deepEqual([name, stage], ["RunFailure", "prepare"], String(error));
      return [message!, remedy!];
    }
    return assert.fail("nothing failed");
  }

  it("gets the place, the recipe, the plugin and the manifest, and is the same otherwise", () => {
    prepare();
    assert.equal(
      read("vsphere.auto.pkrvars.hcl"),
      'vcenter_server = "vcenter.example.com"\n' +
        'vcenter_username = "administrator@vsphere.local"\n' +
        'vcenter_datacenter = "X1"\n' +
        'vcenter_cluster = "x1_cluster_prod"\n' +
        'vcenter_resource_pool = ""\n' +
        'vcenter_datastore = "x1_root"\n' +
        'vcenter_folder = "Templates"\n' +
        'vm_network = "k8s-nodes"\n',
    );
    assert.equal(
      read("deckhouse-vsphere.pkrvars.hcl"),
      'image_name_suffix = "-0123abcd-building-1"\n',
    );
    assert.equal(read("deckhouse-vsphere-plugin.pkr.hcl"), pluginBlock);
    const text = read("vsphere.pkr.hcl");
    const build = text.indexOf("build {") + "build {".length;
    assert.equal(text.slice(build, build + manifest.length), manifest);
    const back = text.replace(manifest, "").replace(/(insecure_connection\s*= )false/, "$1true");
    writeFileSync(join(folder, "vsphere.pkr.hcl"), back);
    for (const added of readdirSync(folder).filter((name) => name.startsWith("deckhouse-"))) {
      rmSync(join(folder, added));
    }
    assert.equal(folderContents(folder), folderContents(oldPackerFolder));
  });

  it("replaces the place that the user's own folder has", () => {
    writeFiles(folder, { "vsphere.auto.pkrvars.hcl": 'vcenter_password = "theirs"\n' });
    prepare();
    assert.ok(!read("vsphere.auto.pkrvars.hcl").includes("theirs"));
  });

  it("gives Packer the files of variables in their order, that of the recipe last", () => {
    assert.deepEqual(variableFileArguments(deckhouse.source), [
      "-var-file=22.04.pkrvars.hcl",
      "-var-file=deckhouse-vsphere.pkrvars.hcl",
    ]);
    assert.deepEqual(variableFileArguments(builtinRecipe.source), [
      "-var-file=deckhouse-vsphere.pkrvars.hcl",
    ]);
  });

  it("has vCenter's certificate verified, unless the user does not want that", () => {
    prepare(deckhouse, { vCenter: { ...exampleRequest.vCenter, insecure: true } });
    assert.match(read("vsphere.pkr.hcl"), /insecure_connection = true/);
    // The folder has no variable for it, and an unknown one would be refused.
    assert.ok(!read("vsphere.auto.pkrvars.hcl").includes("insecure"));
  });

  it("leaves a folder of the user's own to verify it or not", () => {
    prepare(ours);
    assert.match(read("vsphere.pkr.hcl"), /insecure_connection = true/);
  });

  it("names no plugin where the folder does, and tells of the certificate where it asks", () => {
    removeFolder(folder);
    cpSync(join(repositoryRoot(), "template/packer/ubuntu-24.04"), folder, {
      ...{ recursive: true, dereference: true },
    });
    prepare(builtinRecipe, {
      ...{ vCenter: { ...exampleRequest.vCenter, insecure: true } },
      place: { ...examplePlace, host: "esxi-01" },
    });
    assert.ok(!readdirSync(folder).includes("deckhouse-vsphere-plugin.pkr.hcl"));
    assert.match(read("vsphere.auto.pkrvars.hcl"), /^vcenter_insecure_connection = true$/m);
    assert.match(read("vsphere.auto.pkrvars.hcl"), /^vcenter_host = "esxi-01"$/m);
    const built = readdirSync(folder).filter(
      (name) => name.endsWith(".pkr.hcl") && read(name).includes(manifest),
    );
    assert.equal(built.length, 1);
  });

  it("has the address for guests in every file where Packer's own was", () => {
    prepare(deckhouse, {}, "10.8.0.5");
    for (const name of ["18.04", "20.04", "22.04"].map((ubuntu) => `${ubuntu}.pkrvars.hcl`)) {
      assert.ok(read(name).includes("http://10.8.0.5:"), name);
      assert.ok(!read(name).includes("HTTPIP"), name);
    }
  });

  it("has it in named files of variables wherever they are, and in JSON", () => {
    const source = {
      ...({ kind: "directory", path: "ours", name: "ours" } as const),
      variableFiles: ["deep/a.pkrvars.hcl", "b.pkrvars.json"],
    };
    writeFiles(folder, {
      "deep/a.pkrvars.hcl": 'boot_command = ["{{ .HTTPIP }}"]\n',
      "b.pkrvars.json": '{"boot_command": ["{{.HTTPIP}}"]}',
    });
    prepare({ ...ours, source }, {}, "10.8.0.5");
    assert.equal(read("deep/a.pkrvars.hcl"), 'boot_command = ["10.8.0.5"]\n');
    assert.equal(read("b.pkrvars.json"), '{"boot_command": ["10.8.0.5"]}');
  });

  it("has a local installer as a link that is named by its checksum", () => {
    writeFiles(root, { "iso/u.iso": "iso" });
    const names = ["a", "b", "a"].map((digit) => {
      const installer = { url: "iso/u.iso", checksum: `sha256:${digit.repeat(64)}` };
      for (const made of [folder, links]) removeFolder(made);
      cpSync(oldPackerFolder, folder, { recursive: true });
      mkdirSync(links);
      prepare({ ...deckhouse, installer });
      const [, url = ""] = /^os_iso_url = "(.*)"$/m.exec(read("deckhouse-vsphere.pkrvars.hcl"))!;
      assert.equal(readlinkSync(url), join(root, "iso/u.iso"));
      return basename(url);
    });
    assert.match(names[0]!, /^[0-9a-f]{12}-u\.iso$/);
    assert.equal(names[2], names[0]);
    assert.notEqual(names[1], names[0]);
  });

  it("has a local installer as a path that a URL, a template and a pattern leave alone, whatever its own is", () => {
    const url = "100% {{new}} #1?/*/u #2%2f[x]?.iso";
    writeFiles(root, { [url]: "iso" });
    prepare({ ...deckhouse, installer: { url, checksum: `sha256:${"a".repeat(64)}` } });
    const [, link = ""] = /^os_iso_url = "(.*)"$/m.exec(read("deckhouse-vsphere.pkrvars.hcl"))!;
    assert.match(link.slice(links.length), /^\/[0-9a-f]{12}-u__2_2f_x__\.iso$/);
    assert.equal(readlinkSync(link), join(root, url));
  });

  it("has the address of an installer as it is", () => {
    const url = "https://mirror.example.com/u.iso";
    prepare({ ...deckhouse, installer: { url, checksum: "file:https://example.com/SUMS" } });
    assert.ok(
      read("deckhouse-vsphere.pkrvars.hcl").startsWith(
        `os_iso_url = "${url}"\niso_checksum = "file:https://example.com/SUMS"\n`,
      ),
    );
  });

  it("has no password in any file", () => {
    const password = "hunter2-of-the-builder";
    process.env["VSPHERE_PASSWORD"] = password;
    try {
      prepare(deckhouse, {}, "10.8.0.5");
    } finally {
      Reflect.deleteProperty(process.env, "VSPHERE_PASSWORD");
    }
    const files = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: "utf8" });
    const texts = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"));
    assert.ok(texts.length > 15);
    assert.ok(!texts.some((text) => text.includes(password)));
    assert.ok(!texts.some((text) => /vcenter_password\s*=\s*"/.test(text)));
  });

  describe("cannot be made", () => {
    const commit =
      "name a commit that has them as templateImage.deckhouse.commit (docs/templates.md)";

    it("of a commit that lacks files of the release", () => {
      for (const missing of ["22.04.pkrvars.hcl", "scripts/grub.sh", "boot_config/ubuntu-22.04"]) {
        rmSync(join(folder, missing), { recursive: true });
        const [message, remedy] = failure();
        assert.ok(message.startsWith("the Packer folder lacks "), message);
        assert.ok(message.includes(missing), message);
        assert.equal(remedy, commit);
      }
      assert.equal(
        failure()[0],
        "the Packer folder lacks 22.04.pkrvars.hcl, scripts/grub.sh, boot_config/ubuntu-22.04",
      );
    });

    it("of a folder that lacks files which it names", () => {
      rmSync(join(folder, "scripts/apt.sh"));
      assert.deepEqual(failure(ours), [
        "the Packer folder lacks scripts/apt.sh",
        "add them, or correct templateImage.directory",
      ]);
    });

    it("of a folder that does not declare what the program gives", () => {
      const text = read("variables.pkr.hcl").replace(/variable "vm_network"/, 'variable "network"');
      writeFiles(folder, { "variables.pkr.hcl": text });
      assert.deepEqual(failure(), [
        "the Packer folder does not declare the variables vm_network",
        "declare and use them (docs/templates.md says what for)",
      ]);
    });

    it("with variables that the folder does not declare", () => {
      const [message, remedy] = failure({ ...deckhouse, variables: { vm_colour: "red" } });
      assert.equal(
        message,
        "the Packer folder declares no variable vm_colour, which the configuration sets",
      );
      assert.match(remedy, /^remove it from templateImage; there are boot_command, .*, vm_ram$/);
    });

    it("with hardware or a host that the folder has no variable for", () => {
      const text = read("variables.pkr.hcl").replace(/variable "num_cores"/, 'variable "sockets"');
      writeFiles(folder, { "variables.pkr.hcl": text });
      assert.match(failure({ ...deckhouse, hardware: { coresPerSocket: 2 } })[0], / num_cores,/);
      const place = { ...examplePlace, host: "esxi-01" };
      assert.match(failure(deckhouse, { place })[0], / vcenter_host,/);
    });

    it("where no file has Packer's address to put another in its place", () => {
      for (const name of readdirSync(folder).filter((file) => file.endsWith(".pkrvars.hcl"))) {
        writeFiles(folder, {
          [name]: read(name).replaceAll(/\{\{\s*\.HTTPIP\s*\}\}/g, "10.0.0.1"),
        });
      }
      assert.deepEqual(failure(deckhouse, {}, "10.8.0.5"), [
        "no file of the Packer folder has {{ .HTTPIP }}, in whose place 10.8.0.5 would be put",
        "write {{ .HTTPIP }} in the boot command, or leave templateImage.httpAddress out",
      ]);
    });

    it("of a folder that builds nothing", () => {
      const text = read("vsphere.pkr.hcl").replace(/^build \{/m, "locals {");
      writeFiles(folder, { "vsphere.pkr.hcl": text });
      assert.deepEqual(failure(), [
        "no *.pkr.hcl file of the Packer folder has a build block",
        "name a folder with a Packer template in HCL",
      ]);
    });

    it("with an installer that is not there", () => {
      const installer = { url: "none.iso", checksum: `sha256:${"a".repeat(64)}` };
      assert.deepEqual(failure({ ...deckhouse, installer }), [
        `${join(root, "none.iso")}: there is no such file`,
        "correct templateImage.isoUrl",
      ]);
    });
  });
});
