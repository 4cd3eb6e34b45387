import assert from "node:assert/strict";

import fc from "fast-check";

import {
  keysOfVariables,
  patternFor,
  placeVariables,
  recipeVariables,
  requiredVariables,
  templateFor,
} from "../../../template/packerVariables";
import {
  pathForDeckhouse,
  resourcePoolPath,
  templatePath,
  type TemplatePlace,
} from "../../../template/request";
import { hostileTexts } from "../../support/hostileTexts";
import { builtinRecipe, examplePlace, exampleRequest } from "../../support/templateImages";

const { vCenter } = exampleRequest;

/** A place that is nested and named in every way that an inventory allows. */
const nested: TemplatePlace = {
  datacenter: "/europe/X1",
  cluster: "/europe/X1/host/prod/c",
  host: "esxi-01.example.com",
  resourcePool: "k8s/packer",
  datastore: "/europe/X1/datastore/fast/d",
  folder: "/europe/X1/vm/Images/linux",
  network: "/europe/X1/network/switches/n",
};

describe("the variables that say where Packer builds", () => {
  const example = {
    vcenter_server: "vcenter.example.com",
    vcenter_username: "administrator@vsphere.local",
    vcenter_datacenter: "X1",
    vcenter_cluster: "x1_cluster_prod",
    vcenter_resource_pool: "",
    vcenter_datastore: "x1_root",
    vcenter_folder: "Templates",
    vm_network: "k8s-nodes",
  };

  it("have the names of Deckhouse's folder, and the paths that Packer's plugin expects", () => {
    assert.deepEqual(placeVariables(vCenter, examplePlace), example);
  });

  it("give everything relative to its folder of the datacenter, and a datacenter in a folder by its path", () => {
    assert.deepEqual(placeVariables({ ...vCenter, insecure: true }, nested), {
      vcenter_server: vCenter.server,
      vcenter_username: vCenter.user,
      vcenter_datacenter: "/europe/X1",
      vcenter_cluster: "prod/c",
      vcenter_host: "esxi-01.example.com",
      vcenter_resource_pool: "k8s/packer",
      vcenter_datastore: "fast/d",
      vcenter_folder: "Images/linux",
      vm_network: "switches/n",
      vcenter_insecure_connection: true,
    });
  });

  it("are the same whatever the datacenter's own folders are called", () => {
    const place: TemplatePlace = {
      ...examplePlace,
      cluster: "/X1/Hosts und Cluster/x1_cluster_prod",
      datastore: "/X1/Datenspeicher/x1_root",
      folder: "/X1/VMs/Templates",
      network: "/X1/Netzwerke/k8s-nodes",
    };
    assert.deepEqual(placeVariables(vCenter, place), example);
    assert.equal(pathForDeckhouse(place, "ubuntu"), "Templates/ubuntu");
  });

  it("are, with the password and the end of the name, what every folder has to declare", () => {
    assert.deepEqual(
      [
        ...Object.keys(placeVariables(vCenter, examplePlace)),
        ...Object.keys(recipeVariables(builtinRecipe, "-x")),
        "vcenter_password",
      ].sort(),
      [...requiredVariables].sort(),
    );
  });
});

describe("the variables that shape an image", () => {
  const everything = {
    source: builtinRecipe.source,
    installer: { url: "https://example.com/u.iso", checksum: `sha256:${"a".repeat(64)}` },
    hardware: { numCPUs: 2, coresPerSocket: 1, memory: 2048, diskSize: 20 },
    variables: { locale: "de_DE", boot_command: ["{{ .HTTPIP }}"] },
  };

  it("are few when the folder's own values are used", () => {
    assert.deepEqual(recipeVariables(builtinRecipe, "-x"), { image_name_suffix: "-x" });
  });

  it("have the names of Deckhouse's folder, the disk in MiB, and the user's as they are", () => {
    assert.deepEqual(recipeVariables(everything, "-x"), {
      locale: "de_DE",
      boot_command: ["{{ .HTTPIP }}"],
      os_iso_url: "https://example.com/u.iso",
      iso_checksum: `sha256:${"a".repeat(64)}`,
      num_cpu: 2,
      num_cores: 1,
      vm_ram: 2048,
      root_disk_size: 20_480,
      image_name_suffix: "-x",
    });
  });

  it("can all be set by a setting instead, as can those of the place", () => {
    const all = {
      ...placeVariables({ ...vCenter, insecure: true }, nested),
      ...recipeVariables({ ...everything, variables: {} }, "-x"),
    };
    assert.deepEqual(
      Object.keys(all).filter((name) => !(name in keysOfVariables)),
      ["image_name_suffix"],
    );
  });
});

describe("the place of a template", () => {
  it("has a full path, and one for Deckhouse", () => {
    assert.equal(templatePath(examplePlace, "t"), "/X1/vm/Templates/t");
    assert.equal(pathForDeckhouse(examplePlace, "t"), "Templates/t");
    assert.equal(pathForDeckhouse(nested, "t"), "Images/linux/t");
  });

  it("has a resource pool, the cluster's root pool when none is named", () => {
    const cluster = "/X1/host/c";
    assert.equal(resourcePoolPath({ cluster, resourcePool: "" }), `${cluster}/Resources`);
    assert.equal(resourcePoolPath({ cluster, resourcePool: "a/b" }), `${cluster}/Resources/a/b`);
  });
});

describe("a text for an option of Packer's plugin", () => {
  const templates: readonly (readonly [text: string, template: string])[] = [
    ...["", "x1_lun_1", "a{b}c", "}}", "${x} %{y}", 'quoted "` \\', "пароль \u{1F512}"].map(
      (text) => [text, text] as const,
    ),
    ["a{{b}}", 'a{{"{{"}}b}}'],
    ["{{{x", '{{"{{{"}}x'],
    // Letters that HCL would compose.
    ["e\u0301", 'e{{"\\u0301"}}'],
    ["\u1E0B\u0323", '{{"\\u1e0b\\u0323"}}'],
    ["o\u0308{\u{1D15E}", 'o{{"\\u0308"}}{{"{\\U0001d15e"}}'],
  ];
  for (const [text, template] of templates) {
    it(`is ${text === template ? "itself" : "quoted"}: ${JSON.stringify(text)}`, () => {
      assert.equal(templateFor(text), template);
    });
  }

  it("comes through HCL unchanged", () => {
    fc.assert(
      fc.property(hostileTexts, (text) => {
        assert.equal(templateFor(text).normalize("NFC"), templateFor(text));
      }),
    );
  });
});

describe("a path for a lookup of Packer's plugin", () => {
  it("is escaped where it would be a pattern, or lead elsewhere by a name's first dot", () => {
    for (const path of ["", "X1", "/Europe/X 1", "folder/x1#lun%2f1.old", "a{b}!^$"]) {
      assert.equal(patternFor(path), path);
    }
    assert.equal(patternFor("a*b/c?d"), "a\\*b/c\\?d");
    assert.equal(patternFor("[1]\\x"), "\\[1\\]\\\\x");
    assert.equal(patternFor("../.hidden/..."), "\\../\\.hidden/\\...");
  });
});
