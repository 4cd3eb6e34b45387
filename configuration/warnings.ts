import { onTopic, warning, type Finding } from "../findings/finding";
import {
  ingressesOf,
  type Cluster,
  type Ingress,
  type InstanceClass,
  type Network,
  type NodeTemplate,
} from "./clusterTypes";
import { objectName } from "./inventoryPaths";
import { comparablePrincipal } from "../findings/principals";
import { deckhouseWarnings } from "./deckhouseWarnings";
import { proxyWarnings } from "./proxyWarnings";
import { privilegesMissingOnRoot, rootWarnings } from "./rootPrivileges";
import type { Configuration } from "./types";

/** What a user should know about a configuration without faults, always in the same order. */
export function* configurationWarnings(configuration: Configuration): Iterable<Finding> {
  yield* preflightWarnings(configuration);
  yield* onTopic("configuration-role", [
    ...rootWarnings(privilegesMissingOnRoot(configuration.role)),
    ...accountWarnings(configuration),
  ]);
  yield* onTopic("configuration-template-image", templateWarnings(configuration));
  yield* onTopic("configuration-deckhouse", deckhouseWarnings(configuration));
  for (const { name, cluster } of configuration.regions) {
    if (cluster === undefined) continue;
    const path = `cluster configuration of ${name}`;
    yield* onTopic("configuration-node-groups", [
      ...masterWarnings(path, cluster),
      ...reservationWarnings(path, cluster),
    ]);
    yield* onTopic("configuration-networks", [
      ...unreachedNetworks(path, cluster),
      ...namelessNodes(path, cluster),
    ]);
    yield* onTopic("configuration-metallb", l2Warnings(path, cluster));
    yield* onTopic("configuration-proxy", proxyWarnings(path, cluster));
    yield* onTopic("configuration-ingress", headerWarnings(path, cluster));
  }
}

/** A stack without checks is told so each time, by every command that would make them. */
export function* preflightWarnings({ isPreflightOff }: Configuration): Iterable<Finding> {
  if (isPreflightOff) {
    const off = warning(
      "preflight",
      "it is off, so nobody looks whether vCenter has what Deckhouse needs, and what is missing there is found when " +
        "something fails half done",
      "remove preflight: off where vCenter is at hand, or turn single checks down with a reason",
    );
    yield* onTopic("preflight-off", [off]);
  }
}

/** The account of the cluster can do nothing without the role. */
function* accountWarnings({ role, clusterAccount }: Configuration): Iterable<Finding> {
  const username = clusterAccount?.username;
  const principals = role?.principals ?? [];
  const mayHaveRole = principals.some(
    ({ name, group }) => group || comparablePrincipal(name) === comparablePrincipal(username ?? ""),
  );
  if (username !== undefined && !mayHaveRole) {
    yield warning(
      "clusterAccount.username",
      `${username} is not among role.principals, and may lack the role`,
      "add it there, or make sure that it has the privileges in another way",
    );
  }
}

/**
 * Deckhouse's old Packer folder is older than what Deckhouse asks of templates now; docs/templates.md compares the two.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/docs/ENVIRONMENT.md`.
 */
function* templateWarnings({ templateImage }: Configuration): Iterable<Finding> {
  const source = templateImage?.kind === "built" ? templateImage.recipe.source : undefined;
  if (source?.kind !== "deckhouse") return;
  const lacks =
    source.ubuntu === "22.04"
      ? "99-DataSourceVMwareGuestInfo.cfg and the link of /var/lib/dbus/machine-id"
      : "disable_vmware_customization, 99-DataSourceVMwareGuestInfo.cfg and cloud-init clean, and it runs the " +
        "install script of an archived repository";
  yield warning(
    "templateImage.deckhouse",
    `the template of Ubuntu ${source.ubuntu} lacks what Deckhouse asks for today, such as ${lacks}`,
    "prepare it further, or use templateImage.builtin",
  );
}

function* masterWarnings(path: string, cluster: Cluster): Iterable<Finding> {
  if (cluster.controlPlane === "elsewhere") return;
  const { replicas, instanceClass } = cluster.masterNodeGroup;
  if (replicas % 2 === 0) {
    yield warning(
      `${path}, masterNodeGroup.replicas`,
      `${replicas} masters outvote a lost one no better than ${replicas - 1}`,
      "use an odd number",
    );
  }
  const [second] = instanceClass.additionalNetworks ?? [];
  if (second !== undefined && mayGiveOut(networkOf(cluster, second))) {
    yield warning(
      `${path}, networks`,
      `${objectName(second)} has DHCP, and the masters take fixed addresses there, the tenth of ` +
        `${cluster.internalNetworkCIDR} and those after it`,
      "keep those out of what DHCP gives out, and write that as its dhcpRange",
    );
  }
}

/**
 * The platform gives an address on additional networks to masters alone.
 *
 * Source: deckhouse/deckhouse
 * `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/static-node/main.tf`.
 */
function* unreachedNetworks(path: string, cluster: Cluster): Iterable<Finding> {
  for (const { name, instanceClass } of otherGroups(cluster)) {
    for (const network of instanceClass.additionalNetworks ?? []) {
      if (networkOf(cluster, network)?.dhcp !== false) continue;
      yield warning(
        `${path}, node group ${name}`,
        `${objectName(network)} has no DHCP, and the platform gives these nodes no address there`,
        "run a DHCP server, or bring the adapter up yourself",
      );
    }
  }
}

/** A node that can resolve no names fetches no images. */
function* namelessNodes(path: string, cluster: Cluster): Iterable<Finding> {
  if (cluster.controlPlane === "elsewhere") return;
  const masters = { name: "master", ...cluster.masterNodeGroup };
  for (const { name, instanceClass } of [masters, ...cluster.nodeGroups]) {
    const addresses = instanceClass.mainNetworkIPAddresses ?? [];
    if (addresses.every(({ nameservers }) => (nameservers.addresses ?? []).length > 0)) continue;
    yield warning(
      `${path}, node group ${name}`,
      "static addresses have no name servers, and nodes that resolve no names fetch no images",
      "give the network nameservers, unless the template has them",
    );
  }
}

/**
 * A reservation in percent reaches vSphere as megabytes, where the installer makes the machine.
 *
 * Source: deckhouse/deckhouse `ee/se-plus/modules/030-cloud-provider-vsphere/candi/terraform-modules/static-node/main.tf`
 * and `master-node/main.tf`.
 */
function* reservationWarnings(path: string, cluster: Cluster): Iterable<Finding> {
  if (cluster.controlPlane === "elsewhere") return;
  const masters = { name: "master", ...cluster.masterNodeGroup };
  for (const { name, instanceClass } of [masters, ...cluster.nodeGroups]) {
    const { memoryReservation } = instanceClass.runtimeOptions ?? {};
    if (!memoryReservation) continue;
    yield warning(
      `${path}, node group ${name}`,
      `memoryReservation ${memoryReservation} reserves ${memoryReservation} MB and not percent, because the installer ` +
        "hands the number on as megabytes",
      "reserve memory in the resource pool, if these nodes need it",
    );
  }
}

/** An address is announced in L2 mode from the network in which DHCP may give it to somebody else. */
function* l2Warnings(path: string, cluster: Cluster): Iterable<Finding> {
  for (const ingress of ingressesOf(cluster)) {
    if (ingress.kind !== "metallbL2" || !cluster.networks.some(mayGiveOut)) continue;
    yield warning(
      `${path}, ${nameOf(ingress)}.metallbL2`,
      `DHCP may give ${ingress.addresses.join(", ")} to machines`,
      "keep these addresses out of what it gives out, and write that as dhcpRange of the network",
    );
  }
}

/**
 * Headers are taken from whoever connects, whether their word on the address is taken or not.
 *
 * Source: deckhouse/deckhouse `modules/402-ingress-nginx/templates/controller/configmap.yaml` (use-forwarded-headers).
 */
function* headerWarnings(path: string, cluster: Cluster): Iterable<Finding> {
  for (const ingress of ingressesOf(cluster)) {
    if (ingress.kind !== "externalLoadBalancer" || ingress.behindL7Proxy !== true) continue;
    if (ingress.acceptRequestsFrom !== undefined) continue;
    yield warning(
      `${path}, ${nameOf(ingress)}.externalLoadBalancer.behindL7Proxy`,
      "whoever reaches the frontend nodes past the load balancer can claim to be any client",
      "write the load balancer's addresses as acceptRequestsFrom",
    );
  }
}

/** `ingress`, or `ingress internal` for a further one. */
function nameOf({ name }: Ingress): string {
  return name === "main" ? "ingress" : `ingress ${name}`;
}

interface Group {
  readonly name: string;
  readonly nodeTemplate?: NodeTemplate | undefined;
  readonly instanceClass: Pick<InstanceClass, "additionalNetworks">;
}

/** The groups of nodes beside the masters. */
function otherGroups(cluster: Cluster): readonly Group[] {
  const permanent = cluster.controlPlane === "vSphere" ? cluster.nodeGroups : [];
  return [...permanent, ...cluster.ephemeralNodeGroups];
}

/** Whether DHCP may give out any address of the network: a rule checks a range that is known. */
function mayGiveOut(network: Network | undefined): boolean {
  return network?.dhcp === true && network.dhcpRange === undefined;
}

function networkOf({ networks }: Cluster, path: string): Network | undefined {
  return networks.find((network) => network.path === path);
}
