import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import {
  declaredVariables,
  namedScripts,
  namesPlugins,
  pluginBlock,
  uploadsIntoCache,
  withHttpAddress,
  withManifest,
  withVerifiedCertificate,
} from "../../../template/packerFolder";
import { oldPackerFolder } from "../../support/packerSource";

const old = (name: string): string => readFileSync(join(oldPackerFolder, name), "utf8");

describe("Packer's own address in a folder", () => {
  it("is replaced in both spellings that Deckhouse's files have", () => {
    assert.equal(
      withHttpAddress(" url=http://{{ .HTTPIP }}:{{ .HTTPPort }}/preseed.cfg", "10.8.0.5"),
      " url=http://10.8.0.5:{{ .HTTPPort }}/preseed.cfg",
    );
    assert.equal(
      withHttpAddress('ds=\\"nocloud-net;seedfrom=http://{{.HTTPIP}}:{{.HTTPPort}}/\\"', "host"),
      'ds=\\"nocloud-net;seedfrom=http://host:{{.HTTPPort}}/\\"',
    );
  });

  it("is replaced everywhere, and nothing else is", () => {
    assert.equal(withHttpAddress("{{.HTTPIP}} {{  .HTTPIP}}\n{{ .HTTPIP }}", "a"), "a a\na");
    for (const other of ["HTTPIP", "{{ .HTTPPort }}", "{ .HTTPIP }", "{{ .Name }}"]) {
      assert.equal(withHttpAddress(other, "a"), other);
    }
  });

  for (const name of ["18.04.pkrvars.hcl", "20.04.pkrvars.hcl", "22.04.pkrvars.hcl"]) {
    it(`is found in the old folder's ${name}`, () => {
      const text = withHttpAddress(old(name), "10.8.0.5");
      assert.ok(text.includes("http://10.8.0.5:"));
      assert.ok(!text.includes("HTTPIP"));
    });
  }
});

describe("the manifest of a build", () => {
  const block = '\n  post-processor "manifest" {\n    output = "made.json"\n  }\n';

  it("is asked for at the start of the first build, once", () => {
    const text = 'source "a" "b" {\n}\nbuild {\n  sources = []\n}\nbuild {\n}\n';
    assert.equal(
      withManifest(text, "made.json"),
      `source "a" "b" {\n}\nbuild {${block}\n  sources = []\n}\nbuild {\n}\n`,
    );
  });

  it("is asked for in a block on one line, and in one that stands further in", () => {
    assert.equal(withManifest("build { }", "made.json"), `build {${block} }`);
    assert.equal(withManifest("\t build{", "made.json"), `\t build{${block}`);
  });

  it("is asked for in the old folder's build", () => {
    const text = old("vsphere.pkr.hcl");
    const changed = withManifest(text, "made.json");
    assert.ok(changed !== undefined);
    assert.ok(changed.includes(`build {${block}`), changed);
    assert.equal(changed.replace(block, ""), text, "and nothing else changes");
  });

  it("is not asked for where nothing is built", () => {
    for (const text of [
      "",
      "builder {\n}",
      "# build {\n",
      'variable "build" {}',
      "  rebuild {",
      "build = {",
    ]) {
      assert.equal(withManifest(text, "made.json"), undefined, text);
    }
  });
});

describe("the certificate of vCenter in a folder", () => {
  it("is verified where the folder turned that off", () => {
    assert.equal(
      withVerifiedCertificate("  insecure_connection  = true\n\tinsecure_connection=true # lab\n"),
      "  insecure_connection  = false\n\tinsecure_connection=false # lab\n",
    );
    assert.ok(/insecure_connection\s+= true/.test(old("vsphere.pkr.hcl")), "the old folder does");
    assert.ok(
      /insecure_connection\s+= false/.test(withVerifiedCertificate(old("vsphere.pkr.hcl"))),
    );
  });

  it("is left to what the folder says otherwise", () => {
    for (const text of [
      "insecure_connection = false",
      "insecure_connection = var.insecure",
      "insecure_connection = trueish",
      "vcenter_insecure_connection = true",
      "# insecure_connection = true",
    ]) {
      assert.equal(withVerifiedCertificate(text), text);
    }
  });
});

describe("a folder uploads into the cache of the machine's datastore", () => {
  it("when it names an installer, or a disc to make, as the old folder does", () => {
    assert.equal(uploadsIntoCache([old("variables.pkr.hcl"), old("vsphere.pkr.hcl")]), true);
    for (const option of [
      "iso_url = x",
      "  iso_urls = [x]",
      "cd_files = []",
      "\tcd_content = {}",
    ]) {
      assert.equal(
        uploadsIntoCache(["build {}", `source "vsphere-iso" "x" {\n${option}\n}`]),
        true,
      );
    }
  });

  it("not when what it starts from is there already, or it says where to", () => {
    assert.equal(uploadsIntoCache(['  iso_paths = ["[x] u.iso"]\n  # iso_url = ""\n']), false);
    assert.equal(uploadsIntoCache(["iso_url = x\n", 'remote_cache_path = "iso"\n']), false);
    assert.equal(uploadsIntoCache(["iso_url = x\nremote_cache_datastore = var.y\n"]), false);
  });
});

describe("what a folder declares and names", () => {
  it("are variables with their names in quotes or without, in every file", () => {
    const names = declaredVariables([
      'variable "quoted" {\n  default = 1\n}\nvariable bare {}\n',
      '  variable "with-dash_2"{}\n\tvariable\t"tab" {\n',
      '# variable "comment" {}\nvariables "no" {}\nlocals { variable = 1 }\nvariable "1no" {}',
    ]);
    assert.deepEqual([...names].sort(), ["bare", "quoted", "tab", "with-dash_2"]);
  });

  it("are the variables of the old folder", () => {
    const names = declaredVariables([old("variables.pkr.hcl"), old("vsphere.pkr.hcl")]);
    for (const name of ["vcenter_server", "vcenter_password", "image_name_suffix", "vm_network"]) {
      assert.ok(names.has(name), name);
    }
    assert.ok(!names.has("scripts"), "which its file for 22.04 sets, and no file declares");
  });

  it("are plugins, which the old folder does not name", () => {
    assert.ok(namesPlugins(pluginBlock));
    assert.ok(namesPlugins("packer {\n\trequired_plugins {\n"));
    assert.ok(!namesPlugins("# required_plugins {"));
    assert.ok(!namesPlugins(old("vsphere.pkr.hcl")));
    assert.match(pluginBlock, /"github\.com\/vmware\/vsphere"/);
  });

  it("are scripts of the folder, each once, sorted", () => {
    assert.deepEqual(
      namedScripts([
        '["scripts/b.sh", "scripts/a.sh", "./scripts/b.sh"]',
        'script = "${path.root}/scripts/sub/c-1.sh"\nscript = "/opt/scripts/d.sh"',
        '"scripts/${var.x}.sh" "${path.cwd}/scripts/e.sh" scripts/f.sh',
      ]),
      ["scripts/a.sh", "scripts/b.sh", "scripts/sub/c-1.sh"],
    );
  });

  it("are the six scripts of the old folder", () => {
    assert.deepEqual(namedScripts([old("vsphere.pkr.hcl")]), [
      "scripts/apt.sh",
      "scripts/clean-ssh-hostkeys.sh",
      "scripts/cleanup.sh",
      "scripts/grub.sh",
      "scripts/harden-ubuntu-user.sh",
      "scripts/vmware-guestinfo.sh",
    ]);
  });
});
