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
const oldBuild = old("vsphere.pkr.hcl");

/** Asserts what a function makes of each text; texts without a result stay as they are. */
function assertResults(
  change: (text: string) => string | undefined,
  cases: readonly (readonly [text: string, result?: string])[],
): void {
  for (const [text, result = text] of cases) assert.equal(change(text), result, text);
}

describe("Packer's own address in a folder", () => {
  it("is replaced in every spelling and place, and nothing else is", () => {
    assertResults(
      (text) => withHttpAddress(text, "10.8.0.5"),
      [
        [
          " url=http://{{ .HTTPIP }}:{{ .HTTPPort }}/preseed.cfg",
          " url=http://10.8.0.5:{{ .HTTPPort }}/preseed.cfg",
        ],
        [
          'ds=\\"nocloud-net;seedfrom=http://{{.HTTPIP}}:{{.HTTPPort}}/\\"',
          'ds=\\"nocloud-net;seedfrom=http://10.8.0.5:{{.HTTPPort}}/\\"',
        ],
        ["{{.HTTPIP}} {{  .HTTPIP}}\n{{ .HTTPIP }}", "10.8.0.5 10.8.0.5\n10.8.0.5"],
        ...["HTTPIP", "{{ .HTTPPort }}", "{ .HTTPIP }", "{{ .Name }}"].map(
          (text) => [text] as const,
        ),
      ],
    );
  });
});

describe("the manifest of a build", () => {
  const block = '\n  post-processor "manifest" {\n    output = "made.json"\n  }\n';
  const manifest = (text: string): string | undefined => withManifest(text, "made.json");

  it("is requested once, at the start of the first build, however the block is written", () => {
    assertResults(manifest, [
      [
        'source "a" "b" {\n}\nbuild {\n  sources = []\n}\nbuild {\n}\n',
        `source "a" "b" {\n}\nbuild {${block}\n  sources = []\n}\nbuild {\n}\n`,
      ],
      ["build { }", `build {${block} }`],
      ["\t build{", `\t build{${block}`],
      ['build "named" {', `build "named" {${block}`],
      [oldBuild, oldBuild.replace(/^build \{/m, `build {${block}`)],
    ]);
  });

  it("is not requested where nothing is built", () => {
    for (const text of [
      ...["", "builder {\n}", "# build {\n", 'variable "build" {}', "  rebuild {", "build = {"],
    ]) {
      assert.equal(manifest(text), undefined, text);
    }
  });
});

describe("the certificate of vCenter in a folder", () => {
  it("is verified where the folder turns that off, and only there", () => {
    assertResults(withVerifiedCertificate, [
      [
        "  insecure_connection  = true\n\tinsecure_connection=true # lab\n",
        "  insecure_connection  = false\n\tinsecure_connection=false # lab\n",
      ],
      ["insecure_connection = false"],
      ["insecure_connection = var.insecure"],
      ["insecure_connection = trueish"],
      ["vcenter_insecure_connection = true"],
      ["# insecure_connection = true"],
    ]);
  });
});

describe("a folder uploads into the cache of the machine's datastore", () => {
  it("when it names an installer or a disc to make, unless it says where to", () => {
    const cases: readonly (readonly [templates: readonly string[], uploads: boolean])[] = [
      [[old("variables.pkr.hcl"), oldBuild], true],
      [["build {}", 'source "vsphere-iso" "x" {\niso_url = x\n}'], true],
      [["  iso_urls = [x]"], true],
      [["cd_files = []"], true],
      [["\tcd_content = {}"], true],
      [['  iso_paths = ["[x] u.iso"]\n  # iso_url = ""\n'], false],
      [["iso_url = x\n", 'remote_cache_path = "iso"\n'], false],
      [["iso_url = x\nremote_cache_datastore = var.y\n"], false],
    ];
    for (const [templates, uploads] of cases) {
      assert.equal(uploadsIntoCache(templates), uploads, templates.join("\n"));
    }
  });
});

describe("what a folder declares and names", () => {
  it("are variables with or without quotes, in every file", () => {
    const names = declaredVariables([
      'variable "quoted" {\n  default = 1\n}\nvariable bare {}\n',
      '  variable "with-dash_2"{}\n\tvariable\t"tab" {\n',
      '# variable "comment" {}\nvariables "no" {}\nlocals { variable = 1 }\nvariable "1no" {}',
    ]);
    assert.deepEqual([...names].sort(), ["bare", "quoted", "tab", "with-dash_2"]);
  });

  it("are variables of the old folder, but not what only its file for 22.04 sets", () => {
    const names = declaredVariables([old("variables.pkr.hcl"), oldBuild]);
    for (const name of ["vcenter_server", "vcenter_password", "image_name_suffix", "vm_network"]) {
      assert.ok(names.has(name), name);
    }
    assert.ok(!names.has("scripts"));
  });

  it("are plugins, which the old folder does not name", () => {
    for (const text of [pluginBlock, "packer {\n\trequired_plugins {\n"]) {
      assert.ok(namesPlugins(text), text);
    }
    for (const text of ["# required_plugins {", oldBuild]) assert.ok(!namesPlugins(text), text);
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
    const ofOld = ["apt", "clean-ssh-hostkeys", "cleanup", "grub", "harden-ubuntu-user"];
    assert.deepEqual(
      namedScripts([oldBuild]),
      [...ofOld, "vmware-guestinfo"].map((name) => `scripts/${name}.sh`),
    );
  });
});
