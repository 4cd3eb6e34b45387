import assert from "node:assert/strict";
import { cpSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { basename, join } from "node:path";

import { repositoryRoot } from "../../../../configuration/projectFiles";
import { folderContents, type ImageRecipe } from "../../../../template/recipe";
import { pluginBlock } from "../../../../template/packerFolder";
import type { TemplateRequest } from "../../../../template/request";
import { preparePrivateCopy, variableFileArguments } from "../../../../template/runner/privateCopy";
import { setVariable } from "../../../support/environment";
import { oldPackerFolder } from "../../../support/packerSource";
import {
  folderForEachTest,
  removeFolder,
  temporaryFolder,
  writeFiles,
} from "../../../support/temporaryFolder";
import { builtinRecipe, examplePlace, exampleRequest } from "../../../support/templateImages";

const commit = "c".repeat(40);
const deckhouse: ImageRecipe = {
  source: { kind: "deckhouse", ubuntu: "22.04", commit, repository: "../deckhouse" },
  hardware: {},
  variables: {},
};
const ours = (...variableFiles: string[]): ImageRecipe => ({
  ...deckhouse,
  source: { kind: "directory", path: "ours", name: "ours", variableFiles },
});
const sha256 = (digit: string): string => `sha256:${digit.repeat(64)}`;
const insecure = { vCenter: { ...exampleRequest.vCenter, insecure: true } };
const onHost = { place: { ...examplePlace, host: "esxi-01" } };
const manifest =
  '\n  post-processor "manifest" {\n    output = "deckhouse-vsphere-manifest.json"\n  }\n';

describe("the private copy of a Packer folder", () => {
  let root: string;
  let folder: string;
  let links: string;

  folderForEachTest((made) => {
    root = made;
    folder = join(root, "copy");
    links = temporaryFolder();
    cpSync(oldPackerFolder, folder, { recursive: true });
  });

  afterEach(() => {
    removeFolder(links);
  });

  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  const variables = (): Record<string, unknown> =>
    JSON.parse(read("deckhouse-vsphere.pkrvars.json")) as Record<string, unknown>;
  function replace(name: string, from: string | RegExp, to: string): void {
    assert.notEqual(read(name).replace(from, to), read(name));
    writeFiles(folder, { [name]: read(name).replace(from, to) });
  }
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

  it("gets the variables, the plugin, the manifest and a verified certificate, and is the same otherwise", () => {
    prepare({ ...deckhouse, variables: { boot_command: ["${x} {{ .HTTPIP }}", 'a"\\'] } });
    assert.deepEqual(variables(), {
      boot_command: ["${x} {{ .HTTPIP }}", 'a"\\'],
      image_name_suffix: "-0123abcd-building-1",
      vcenter_server: "vcenter.example.com",
      vcenter_username: "administrator@vsphere.local",
      vcenter_datacenter: "X1",
      vcenter_cluster: "x1_cluster_prod",
      vcenter_resource_pool: "",
      vcenter_datastore: "x1_root",
      vcenter_folder: "Templates",
      vm_network: "k8s-nodes",
    });
    assert.equal(read("deckhouse-vsphere-plugin.pkr.hcl"), pluginBlock);
    assert.ok(read("vsphere.pkr.hcl").includes(`build {${manifest}`));
    replace("vsphere.pkr.hcl", manifest, "");
    replace("vsphere.pkr.hcl", /(insecure_connection\s*= )false/, "$1true");
    for (const added of readdirSync(folder).filter((name) => name.startsWith("deckhouse-"))) {
      rmSync(join(folder, added));
    }
    assert.equal(folderContents(folder), folderContents(oldPackerFolder));
  });

  it("passes the variable files to Packer in order, the program's last", () => {
    const own = "-var-file=deckhouse-vsphere.pkrvars.json";
    assert.deepEqual(variableFileArguments(deckhouse.source), ["-var-file=22.04.pkrvars.hcl", own]);
    assert.deepEqual(variableFileArguments(builtinRecipe.source), [own]);
  });

  it("does not verify the certificate where the user does not want that, or has a folder that does not", () => {
    prepare(ours("22.04.pkrvars.hcl"));
    assert.match(read("vsphere.pkr.hcl"), /insecure_connection = true/);
    removeFolder(folder);
    cpSync(oldPackerFolder, folder, { recursive: true });
    prepare(deckhouse, insecure);
    assert.match(read("vsphere.pkr.hcl"), /insecure_connection = true/);
    assert.ok(!("vcenter_insecure_connection" in variables()), "the folder does not declare it");
  });

  it("names no plugin where the folder does, and sets what only the built-in folders declare", () => {
    removeFolder(folder);
    const builtin = join(repositoryRoot(), "template/packer/ubuntu-24.04");
    cpSync(builtin, folder, { recursive: true, dereference: true });
    prepare(builtinRecipe, { ...insecure, ...onHost });
    assert.ok(!readdirSync(folder).includes("deckhouse-vsphere-plugin.pkr.hcl"));
    assert.equal(variables()["vcenter_insecure_connection"], true);
    assert.equal(variables()["vcenter_host"], "esxi-01");
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith(".hcl") && read(name).includes(manifest)),
      ["vsphere.pkr.hcl"],
    );
  });

  it("has the address for guests in every file where Packer's own was", () => {
    writeFiles(folder, {
      "deep/a.pkrvars.hcl": 'boot_command = ["{{ .HTTPIP }}"]\n',
      "b.pkrvars.json": '{"boot_command": ["{{.HTTPIP}}"]}',
    });
    prepare(ours("deep/a.pkrvars.hcl", "b.pkrvars.json"), {}, "10.8.0.5");
    assert.equal(read("deep/a.pkrvars.hcl"), 'boot_command = ["10.8.0.5"]\n');
    assert.equal(read("b.pkrvars.json"), '{"boot_command": ["10.8.0.5"]}');
    for (const name of ["18.04", "20.04", "22.04"].map((ubuntu) => `${ubuntu}.pkrvars.hcl`)) {
      assert.ok(read(name).includes("http://10.8.0.5:") && !read(name).includes("HTTPIP"), name);
    }
  });

  it("has a local installer as a link with a plain path that is named by its checksum", () => {
    const url = "100% {{new}} #1?/*/u #2%2f[x]?.iso";
    writeFiles(root, { [url]: "iso" });
    const names = ["a", "b", "a"].map((digit) => {
      for (const made of [folder, links]) removeFolder(made);
      cpSync(oldPackerFolder, folder, { recursive: true });
      mkdirSync(links);
      prepare({ ...deckhouse, installer: { url, checksum: sha256(digit) } });
      const link = String(variables()["os_iso_url"]);
      assert.equal(readlinkSync(link), join(root, url));
      assert.equal(link, join(links, basename(link)));
      return basename(link);
    });
    assert.match(names[0]!, /^[0-9a-f]{12}-u__2_2f_x__\.iso$/);
    assert.equal(names[2], names[0]);
    assert.notEqual(names[1], names[0]);
  });

  it("has the URL of an installer as it is", () => {
    const url = "https://mirror.example.com/u.iso";
    prepare({ ...deckhouse, installer: { url, checksum: "file:https://example.com/SUMS" } });
    const { os_iso_url, iso_checksum } = variables();
    assert.deepEqual([os_iso_url, iso_checksum], [url, "file:https://example.com/SUMS"]);
  });

  it("has no password in any file", () => {
    const password = "hunter2-of-the-builder";
    setVariable("VSPHERE_PASSWORD", password);
    try {
      prepare(deckhouse, {}, "10.8.0.5");
    } finally {
      setVariable("VSPHERE_PASSWORD", undefined);
    }
    const files = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: "utf8" });
    const texts = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"));
    assert.ok(texts.length > 15);
    assert.ok(!texts.some((text) => text.includes(password)));
    assert.ok(!texts.some((text) => /vcenter_password"?\s*[=:]\s*"/.test(text)));
  });

  /** What makes a folder unusable, and how that is reported. */
  const unusable: Readonly<
    Record<string, readonly [change: () => void, message: string, ...Parameters<typeof prepare>]>
  > = {
    "of a commit that lacks files of the release": [
      () => {
        for (const path of ["22.04.pkrvars.hcl", "scripts/grub.sh", "boot_config/ubuntu-22.04"]) {
          rmSync(join(folder, path), { recursive: true });
        }
      },
      "templateImage.deckhouse: the Packer folder lacks 22.04.pkrvars.hcl, scripts/grub.sh, boot_config/ubuntu-22.04: name " +
        "a commit that has them as templateImage.deckhouse.commit (docs/templates.md)",
    ],
    "of a folder that lacks files which it names": [
      () => rmSync(join(folder, "scripts/apt.sh")),
      "templateImage.directory: the Packer folder lacks none.pkrvars.hcl, scripts/apt.sh: add them, or correct " +
        "templateImage.directory",
      ours("none.pkrvars.hcl"),
    ],
    "of a folder that does not declare what the program sets": [
      () => replace("variables.pkr.hcl", 'variable "vm_network"', 'variable "network"'),
      "templateImage.deckhouse: the Packer folder does not declare the variables vm_network: declare and use them " +
        "(docs/templates.md explains them)",
    ],
    "with variables that the folder does not declare": [
      () => undefined,
      "templateImage.deckhouse: the configuration sets vm_colour, which the Packer folder does not declare: remove the " +
        "setting from templateImage; the folder declares boot_command, ",
      { ...deckhouse, variables: { vm_colour: "red" } },
    ],
    "with hardware or a host that the folder has no variable for": [
      () => replace("variables.pkr.hcl", 'variable "num_cores"', 'variable "sockets"'),
      "templateImage.deckhouse: the configuration sets num_cores, vcenter_host, which ",
      { ...deckhouse, hardware: { coresPerSocket: 2 } },
      onHost,
    ],
    "where no file has Packer's address to replace": [
      () => {
        for (const name of readdirSync(folder).filter((file) => file.endsWith(".pkrvars.hcl"))) {
          replace(name, /\{\{\s*\.HTTPIP\s*\}\}/g, "10.0.0.1");
        }
      },
      "templateImage.deckhouse: no file of the Packer folder contains {{ .HTTPIP }}, which 10.8.0.5 would replace: write " +
        "{{ .HTTPIP }} in the boot command, or omit templateImage.httpAddress",
      deckhouse,
      {},
      "10.8.0.5",
    ],
    "of a folder that builds nothing": [
      () => replace("vsphere.pkr.hcl", /^build \{/m, "locals {"),
      "templateImage.deckhouse: no *.pkr.hcl file of the Packer folder contains a build block: name a folder with a Packer " +
        "template in HCL",
    ],
    "with an installer that does not exist": [
      () => undefined,
      "/none.iso: no such file: correct templateImage.isoUrl",
      { ...deckhouse, installer: { url: "/none.iso", checksum: sha256("a") } },
    ],
  };
  for (const [what, [change, message, ...parameters]] of Object.entries(unusable)) {
    it(`cannot be made ${what}`, () => {
      change();
      assert.throws(
        () => prepare(...parameters),
        (error: Error & { readonly stage?: string }) => {
          assert.deepEqual([error.name, error.stage], ["RunFailure", "prepare"], String(error));
          assert.equal(error.message.slice(0, message.length), message);
          return true;
        },
      );
    });
  }
});
