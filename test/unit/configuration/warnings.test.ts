import assert from "node:assert/strict";
import { configurationWarnings as findingsOf, parseConfiguration } from "../../../configuration";
import { exampleConfiguration } from "../../support/writtenExample";
import { changed, type Changes } from "../../support/changedConfiguration";
import { elsewhere, installed, stackOf } from "./clusterSupport";
import { stackWith } from "./support";
import { sentencesOf } from "../../support/pointers";

const place = "cluster configuration of k8s-region-x1";

const configurationWarnings = (configuration: Parameters<typeof findingsOf>[0]): string[] =>
  sentencesOf([...findingsOf(configuration)]);

/** What is said of a cluster. */
function warnings(changes: Changes): string[] {
  return configurationWarnings(parseConfiguration(stackOf(changed(installed, changes))));
}

describe("warnings about clusters", () => {
  const masters = "masterNodeGroup.instanceClass";
  const onNodes = {
    [`${masters}.mainNetwork`]: "public",
    [`${masters}.additionalNetworks`]: ["nodes"],
    ephemeralNodeGroups: [],
  };

  it("are none for a cluster without peculiarities", () => {
    assert.deepEqual(warnings({}), []);
    assert.deepEqual(configurationWarnings(parseConfiguration(stackWith({}))), []);
    const { role: _left, ...rest } = exampleConfiguration;
    const asToday = { ...rest, role: { principals: ["deckhouse@vsphere.local"] } };
    assert.deepEqual(configurationWarnings(parseConfiguration(asToday)), []);
  });

  it("are of a preflight that is off, each time, and never of single checks", () => {
    const said = (preflight: unknown): string[] =>
      configurationWarnings(parseConfiguration(stackWith({ preflight })));
    assert.deepEqual(said("off"), [
      "preflight: it is off, so nobody looks whether vCenter has what Deckhouse needs, and what is missing there is found " +
        "when something fails half done: remove preflight: off where vCenter is at hand, or turn single checks down with a " +
        "reason",
    ]);
    assert.deepEqual(said({ version: { level: "off", reason: "a lab" } }), []);
  });

  it("are of an even number of masters", () => {
    assert.deepEqual(warnings({ "masterNodeGroup.replicas": 4 }), [
      `${place}, masterNodeGroup.replicas: 4 masters outvote a lost one no better than 3: use an odd number`,
    ]);
    assert.deepEqual(warnings({ "masterNodeGroup.replicas": 5 }), []);
  });

  it("are of fixed addresses of masters that DHCP may give out, as long as nobody says what it does", () => {
    assert.deepEqual(warnings(onNodes), [
      `${place}, networks: nodes has DHCP, and the masters take fixed addresses there, the tenth of 10.200.0.0/24 and ` +
        "those after it: keep those out of what DHCP gives out, and write that as its dhcpRange",
    ]);
    const withoutDhcp: Changes = {
      "networks[0].dhcp": false,
      nodeGroups: installed.nodeGroups!.slice(0, 1),
      // Frontends that need nothing of that network.
      "nodeGroups[0].instanceClass.mainNetwork": "alike",
    };
    assert.deepEqual(warnings({ ...onNodes, ...withoutDhcp }), []);
    assert.deepEqual(warnings({ ...onNodes, "networks[0].dhcpRange": "10.200.0.100/30" }), []);
  });

  it("are of additional networks in which nobody gives nodes an address", () => {
    const line = (group: string): string =>
      `${place}, node group ${group}: static has no DHCP, and the platform gives these nodes no address there: run a ` +
      "DHCP server, or bring the adapter up yourself";
    assert.deepEqual(
      warnings({
        "nodeGroups[0].instanceClass.additionalNetworks": ["routers", "static"],
        "ephemeralNodeGroups[0].instanceClass.additionalNetworks": ["/X1/network/Static"],
      }),
      [line("frontend"), line("worker")],
    );
  });

  it("are of static nodes that can resolve no names", () => {
    const line =
      `${place}, node group static: static addresses have no name servers, and nodes that resolve no names fetch no ` +
      "images: give the network nameservers, unless the template has them";
    const own = "nodeGroups[1].instanceClass.mainNetworkIPAddresses[0].nameservers";
    assert.deepEqual(warnings({ [own]: { search: ["example.com"] } }), [line]);
    assert.deepEqual(warnings({ "networks[3].nameservers": undefined }), [line]);
    assert.deepEqual(
      warnings({ "networks[3].nameservers": undefined, [own]: { addresses: ["10.200.1.2"] } }),
      [],
    );
  });

  it("are of memory that is reserved in megabytes where percent are written", () => {
    const reserved = { runtimeOptions: { memoryReservation: 80 } };
    const line = (group: string): string =>
      `${place}, node group ${group}: memoryReservation 80 reserves 80 MB and not percent, because the installer hands the ` +
      "number on as megabytes: reserve memory in the resource pool, if these nodes need it";
    assert.deepEqual(warnings({ [`${masters}.runtimeOptions`]: reserved.runtimeOptions }), [
      line("master"),
    ]);
    assert.deepEqual(
      warnings({ "nodeGroups[0].instanceClass.runtimeOptions": reserved.runtimeOptions }),
      [line("frontend")],
    );
    const right = {
      "ephemeralNodeGroups[0].instanceClass.runtimeOptions": reserved.runtimeOptions,
    };
    assert.deepEqual(warnings(right), []);
    assert.deepEqual(warnings({ [`${masters}.runtimeOptions`]: { memoryReservation: 0 } }), []);
  });

  it("are none of masters in a network without DHCP, which get their addresses from the platform", () => {
    assert.deepEqual(warnings({ [`${masters}.additionalNetworks`]: ["static"] }), []);
  });

  it("are of announced addresses that DHCP may give out, as long as nobody says what it does", () => {
    const l2 = { ingress: { metallbL2: { addresses: ["10.200.0.200/29"] } } };
    assert.deepEqual(warnings(l2), [
      `${place}, ingress.metallbL2: DHCP may give 10.200.0.200/29 to machines: keep these addresses out of what it gives ` +
        "out, and write that as dhcpRange of the network",
    ]);
    const further = { additionalIngresses: [{ name: "internal", ...l2.ingress }] };
    assert.deepEqual(
      warnings(further).map((line) => line.split(":")[0]),
      [`${place}, ingress internal.metallbL2`],
    );
    const known = {
      "networks[0].dhcpRange": "10.200.0.100/30",
      "networks[1].dhcpRange": "192.0.200.100/30",
      "networks[2].dhcpRange": "198.51.200.100/30",
      "networks[4].dhcpRange": "10.200.0.100/30",
    };
    assert.deepEqual(warnings({ ...l2, ...known }), []);
  });

  it("are of headers that anybody may write", () => {
    const external = { "ingress.metallbBGP": undefined };
    const behind = { ...external, "ingress.externalLoadBalancer": { behindL7Proxy: true } };
    assert.deepEqual(warnings(behind), [
      `${place}, ingress.externalLoadBalancer.behindL7Proxy: whoever reaches the frontend nodes past the load balancer can ` +
        "claim to be any client: write the load balancer's addresses as acceptRequestsFrom",
    ]);
    assert.deepEqual(warnings({ ...behind, "ingress.acceptRequestsFrom": ["10.200.0.9/32"] }), []);
    assert.deepEqual(
      warnings({ ...external, "ingress.externalLoadBalancer": { proxyProtocol: true } }),
      [],
    );
  });
});

describe("warnings about the role", () => {
  const ofRole = (changes: Changes): string[] =>
    configurationWarnings(parseConfiguration(stackWith(changes)));

  it("are of privileges that count on the root only and are granted elsewhere", () => {
    assert.deepEqual(ofRole({ "role.grant": "datacenters" }), [
      "role.grant: vCenter looks for Cns.Searchable and StorageProfile.View on its root only, where the " +
        "role is not granted: grant it on the root if Deckhouse does not find its volumes",
    ]);
  });

  it("are of an account without the role", () => {
    assert.deepEqual(ofRole({ "clusterAccount.username": "other@vsphere.local" }), [
      "clusterAccount.username: other@vsphere.local is not among role.principals, and may lack the role: " +
        "add it there, or make sure that it has the privileges in another way",
    ]);
  });
});

describe("warnings about the Deckhouse that is installed", () => {
  const told = (deckhouse: object, cluster: Changes = {}): string[] =>
    configurationWarnings(parseConfiguration(stackOf(changed(installed, cluster), { deckhouse })));
  const withoutBgp = { "ingress.metallbBGP": undefined, "ingress.externalLoadBalancer": {} };

  it("are of a version that is newer than the last known one", () => {
    assert.deepEqual(told({ version: "1.79.1" }), [
      "deckhouse.version: the last Deckhouse that this program knows is 1.78, and it writes for 1.79.1 what that takes; " +
        "versions of Kubernetes and of the ingress controller are not checked: look for a newer version of this program, or " +
        "compare the documents with the reference of 1.79.1",
    ]);
  });

  it("are of a version that is older than the first known one", () => {
    assert.deepEqual(told({ version: "1.73" }), [
      "deckhouse.version: this program knows Deckhouse from 1.74 on, and writes for 1.73 what 1.74 takes: install 1.74 or " +
        "newer, or compare the documents with the reference of 1.73",
    ]);
    for (const version of ["1.74", "1.75.9", "1.76", "1.77.3", "1.78"]) {
      assert.deepEqual(told({ version }), []);
    }
  });

  it("are of MetalLB before 1.77, which announces the addresses of all controllers to all routers", () => {
    const metallbBGP = { ...installed.ingress!.metallbBGP, routers: ["192.0.200.2"] };
    const further = [
      { name: "internal", metallbBGP: { ...metallbBGP, addresses: ["203.0.201.0/24"] } },
    ];
    assert.deepEqual(told({ version: "1.76" }, { additionalIngresses: further }), [
      "deckhouse.version: MetalLB of Deckhouse 1.76 announces the addresses of every ingress controller to the routers of " +
        "all of them: let the routers refuse what is not for them, or write 1.77 or newer",
    ]);
    assert.deepEqual(told({ version: "1.77" }, { additionalIngresses: further }), []);
  });

  it("are of bundles without the modules that a cluster in vSphere needs", () => {
    assert.deepEqual(told({ bundle: "Minimal" }), [
      "deckhouse.bundle: the bundle Minimal enables Deckhouse alone: without a network plugin, the vSphere provider and the " +
        "manager of nodes the cluster does not come up: write Default, or enable the modules that are missing",
    ]);
    assert.deepEqual(told({ bundle: "Managed" }), [
      "deckhouse.bundle: the bundle Managed is for a control plane that a cloud provider manages, and has no modules for " +
        "your own masters: write Default, or enable the modules that are missing",
    ]);
    const nobody = stackOf(elsewhere, { deckhouse: { bundle: "Minimal" } });
    assert.deepEqual(configurationWarnings(parseConfiguration(nobody)), []);
  });

  it("are of editions without BGP or without the vSphere provider, as far as their address tells", () => {
    const bgp =
      "deckhouse.imagesRepo: the edition se-plus has MetalLB without BGP, and nobody would announce the addresses: use ee, " +
      "or metallbL2";
    assert.deepEqual(told({ imagesRepo: "r.example.com/deckhouse/se-plus" }), [bgp]);
    assert.deepEqual(told({ imagesRepo: "r.example.com/deckhouse/se-plus" }, withoutBgp), []);
    assert.deepEqual(told({ imagesRepo: "r.example.com/deckhouse/ce" }, withoutBgp), [
      "deckhouse.imagesRepo: the edition ce has no vSphere provider, and the installer would stop: use se-plus or ee",
    ]);
    for (const imagesRepo of [
      "r.example.com/d8/ee",
      "r.example.com/mirror",
      "se",
      "r/constructor",
    ]) {
      assert.deepEqual(told({ imagesRepo }), []);
    }
  });

  it("are of a login to vCenter that does not verify its certificate", () => {
    assert.deepEqual(told({ insecureVCenter: true }), [
      "deckhouse.insecureVCenter: Deckhouse does not verify vCenter's certificate, and whoever gets between the two can read " +
        "the account's password: remove it as soon as deckhouse.version is 1.78 or newer",
    ]);
  });

  it("are none where no documents are made", () => {
    const none = parseConfiguration(stackOf(undefined, { deckhouse: { version: "1.99" } }));
    const regions = none.regions.map((region) => ({ ...region, cluster: undefined }));
    assert.deepEqual(configurationWarnings({ ...none, regions }), []);
  });
});
