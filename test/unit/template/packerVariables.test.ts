import assert from "node:assert/strict";

import {
  pathForDeckhouse,
  resourcePoolPath,
  templatePath,
  type TemplatePlace,
} from "../../../template/place";
import {
  keysOfVariables,
  placeVariables,
  recipeVariables,
  requiredVariables,
} from "../../../template/packerVariables";
import { builtinRecipe, examplePlace, exampleRequest } from "../../support/templateImages";

const { vCenter } = exampleRequest;

describe("the variables that say where Packer builds", () => {
  it("have the names of Deckhouse's folder, and the paths that Packer's plugin takes", () => {
    assert.deepEqual(placeVariables(vCenter, examplePlace), {
      vcenter_server: "vcenter.example.com",
      vcenter_username: "administrator@vsphere.local",
      vcenter_datacenter: "X1",
      vcenter_cluster: "x1_cluster_prod",
      vcenter_resource_pool: "",
      vcenter_datastore: "x1_root",
      vcenter_folder: "Templates",
      vm_network: "k8s-nodes",
    });
  });

  it("name everything below its own folder of the datacenter, and a datacenter in a folder by its path", () => {
    const place: TemplatePlace = {
      datacenter: "/europe/X1",
      cluster: "/europe/X1/host/prod/c",
      host: "esxi-01.example.com",
      resourcePool: "k8s/packer",
      datastore: "/europe/X1/datastore/fast/d",
      folder: "/europe/X1/vm/Images/linux",
      network: "/europe/X1/network/switches/n",
    };
    assert.deepEqual(placeVariables(vCenter, place), {
      ...{ vcenter_server: vCenter.server, vcenter_username: vCenter.user },
      vcenter_datacenter: "/europe/X1",
      vcenter_cluster: "prod/c",
      vcenter_host: "esxi-01.example.com",
      vcenter_resource_pool: "k8s/packer",
      vcenter_datastore: "fast/d",
      vcenter_folder: "Images/linux",
      vm_network: "switches/n",
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
    assert.deepEqual(placeVariables(vCenter, place), placeVariables(vCenter, examplePlace));
    assert.equal(pathForDeckhouse(place, "ubuntu"), "Templates/ubuntu");
  });

  it("say that certificates are not verified only when they are not", () => {
    const insecure = placeVariables({ ...vCenter, insecure: true }, examplePlace);
    assert.equal(insecure["vcenter_insecure_connection"], true);
    assert.ok(!("vcenter_insecure_connection" in placeVariables(vCenter, examplePlace)));
  });

  it("never have the password", () => {
    assert.ok(!("vcenter_password" in placeVariables(vCenter, examplePlace)));
  });

  it("are, with the password and the name's end, what every folder has to declare", () => {
    assert.deepEqual(
      [
        ...Object.keys(placeVariables(vCenter, examplePlace)),
        ...Object.keys(recipeVariables(builtinRecipe, "-x")),
        "vcenter_password",
      ].sort(),
      [...requiredVariables].sort(),
    );
  });

  it("can all be set by a key of the configuration instead", () => {
    const { hardware, installer } = everything;
    const all = {
      ...placeVariables({ ...vCenter, insecure: true }, { ...examplePlace, host: "h" }),
      ...recipeVariables({ ...builtinRecipe, hardware, installer }, "-x"),
    };
    assert.deepEqual(
      Object.keys(all).filter((name) => !(name in keysOfVariables)),
      ["image_name_suffix"],
    );
  });
});

const everything = {
  source: builtinRecipe.source,
  installer: { url: "https://example.com/u.iso", checksum: `sha256:${"a".repeat(64)}` },
  hardware: { numCPUs: 2, coresPerSocket: 1, memory: 2048, diskSize: 20 },
  variables: { locale: "de_DE" },
} as const;

describe("the variables that shape an image", () => {
  it("are few when the folder's own values count", () => {
    assert.deepEqual(recipeVariables(builtinRecipe, "-x"), { image_name_suffix: "-x" });
  });

  it("have the names of Deckhouse's folder, and the disk in MiB", () => {
    assert.deepEqual(recipeVariables(everything, "-x"), {
      locale: "de_DE",
      os_iso_url: "https://example.com/u.iso",
      iso_checksum: `sha256:${"a".repeat(64)}`,
      num_cpu: 2,
      num_cores: 1,
      vm_ram: 2048,
      root_disk_size: 20_480,
      image_name_suffix: "-x",
    });
  });
});

describe("the place of a template", () => {
  const nested = {
    ...examplePlace,
    ...{ datacenter: "/europe/X1", folder: "/europe/X1/vm/Images/linux" },
  };

  it("has a full path, and one as Deckhouse takes it", () => {
    assert.equal(templatePath(examplePlace, "t"), "/X1/vm/Templates/t");
    assert.equal(pathForDeckhouse(examplePlace, "t"), "Templates/t");
    assert.equal(pathForDeckhouse(nested, "t"), "Images/linux/t");
  });

  it("has a resource pool, the cluster's own when none is named", () => {
    assert.equal(resourcePoolPath(examplePlace), "/X1/host/x1_cluster_prod/Resources");
    assert.equal(
      resourcePoolPath({ ...examplePlace, resourcePool: "k8s/packer" }),
      "/X1/host/x1_cluster_prod/Resources/k8s/packer",
    );
  });
});
