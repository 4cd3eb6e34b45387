import { z } from "zod";

/**
 * What Deckhouse takes, written down from the field tables of its public schemas and apart from the program's own types:
 * unknown keys are refused.
 */
const text = z.string().min(1);
const names = z.array(text).min(1);
const cidr = z.cidrv4();
const count = z.int().min(0);
const twoDigits = z.string().regex(/^\d\d$/);
const asn = z.int().min(1).max(4294967295);
const percent = z.int().min(0).max(100);
const label = z.record(z.string(), z.string());
const dnsName = z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/);

function object(required: z.ZodRawShape, optional: z.ZodRawShape = {}): z.ZodObject {
  return z.strictObject({ ...required, ...z.object(optional).partial().shape });
}

/** An object without required keys. */
function section(optional: z.ZodRawShape): z.ZodObject {
  return object({}, optional);
}

/** Fields with any text in them. */
function texts(...keys: string[]): z.ZodRawShape {
  return Object.fromEntries(keys.map((key) => [key, text]));
}

function document(apiVersion: string, keys: z.ZodRawShape): z.ZodObject {
  return object({ apiVersion: z.literal(apiVersion), kind: text, ...keys });
}

function resource(
  apiVersion: string,
  required: z.ZodRawShape,
  optional: z.ZodRawShape = {},
): z.ZodObject {
  const metadata = object({ name: z.string().max(63) });
  return document(apiVersion, { metadata, spec: object(required, optional) });
}

function moduleConfig(name: string, settings: z.ZodType): z.ZodObject {
  return document("deckhouse.io/v1alpha1", {
    metadata: object({ name: z.literal(name) }),
    spec: object({ version: z.int().min(1).max(3), enabled: z.literal(true) }, { settings }),
  });
}

const runtimeOptions = section({
  nestedHardwareVirtualization: z.boolean(),
  cpuShares: z.int(),
  cpuLimit: z.int(),
  cpuReservation: z.int(),
  memoryLimit: z.int(),
  memoryShares: percent,
  memoryReservation: percent,
});

const place = { template: text, mainNetwork: text, datastore: text };
const size = { numCPUs: z.int().min(1), memory: z.int().min(1) };
const furtherOfMachine = {
  additionalNetworks: z.array(text),
  rootDiskSize: z.int().min(1),
  resourcePool: text,
  runtimeOptions,
};

const address = object({
  address: cidr,
  gateway: z.ipv4(),
  nameservers: section({ addresses: z.array(z.ipv4()), search: z.array(text) }),
});

const instanceClass = object(
  { ...size, ...place },
  { ...furtherOfMachine, mainNetworkIPAddresses: z.array(address) },
);

const effect = z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]);
const taint = section({ effect, key: text, value: z.string() });
const toleration = object(
  { operator: z.enum(["Exists", "Equal"]) },
  { effect, key: text, value: z.string() },
);
const nodeTemplate = section({ labels: label, annotations: label, taints: z.array(taint) });

const nsxt = object(texts("defaultIpPoolName", "tier1GatewayPath", "user", "password", "host"), {
  size: z.enum(["SMALL", "MEDIUM", "LARGE", "XLARGE"]),
  ...texts("defaultTcpAppProfileName", "defaultUdpAppProfileName"),
  insecureFlag: z.boolean(),
  caBundle: z.string(),
  loadBalancerClass: z.array(
    object(texts("name", "ipPoolName"), texts("tcpAppProfileName", "udpAppProfileName")),
  ),
});

const networkNames = { internalNetworkNames: names, externalNetworkNames: names };

const providerSettings = section({
  ...texts("host", "username", "password", "caBundle", "vmFolderPath"),
  ...texts("region", "regionTagCategory", "zoneTagCategory"),
  insecure: z.boolean(),
  zones: names,
  sshKeys: names,
  disableTimesync: z.boolean(),
  ...networkNames,
  storageClass: section({
    exclude: z.array(text),
    default: text,
    compatibilityFlag: z.enum(["Legacy", "Migration"]),
  }),
  nsxt,
});

const metallbSettings = section({
  bgpPeers: z.array(
    object(
      { "peer-address": z.ipv4(), "peer-asn": asn, "my-asn": asn },
      {
        "peer-port": z.int().min(1).max(16384),
        "source-address": z.ipv4(),
        "router-id": z.ipv4(),
        "hold-time": text,
        "node-selector": z.record(z.string(), z.unknown()),
        password: text,
      },
    ),
  ),
  addressPools: z.array(
    object(
      { name: dnsName, protocol: z.literal("bgp"), addresses: names },
      {
        "auto-assign": z.boolean(),
        "avoid-buggy-ips": z.boolean(),
        "bgp-advertisements": z.array(
          section({
            "aggregation-length": z.int().min(1).max(32),
            localpref: z.int(),
            communities: names,
          }),
        ),
      },
    ),
  ),
  bgpCommunities: z.record(z.string(), z.string().regex(/^\d+:\d+$/)),
  speaker: section({ nodeSelector: label, tolerations: z.array(toleration) }),
});

const network = "network.deckhouse.io/v1alpha1";
const classReference = object({ kind: z.literal("VsphereInstanceClass"), name: text });
const hostPorts = object({ httpPort: z.int(), httpsPort: z.int() });

/** The schema of a document by its kind; of a ModuleConfig by its name. */
export const documentSchemas: Readonly<Record<string, z.ZodObject>> = {
  ClusterConfiguration: document("deckhouse.io/v1", {
    clusterType: z.literal("Cloud"),
    cloud: object({ provider: z.literal("vSphere"), prefix: dnsName.max(45) }),
    podSubnetCIDR: cidr,
    serviceSubnetCIDR: cidr,
    clusterDomain: text,
    podSubnetNodeCIDRPrefix: twoDigits.optional(),
    kubernetesVersion: text,
  }),
  InitConfiguration: document("deckhouse.io/v1", {
    deckhouse: object(
      { imagesRepo: text, registryDockerCfg: text },
      { registryCA: z.string(), registryScheme: z.enum(["HTTP", "HTTPS"]) },
    ),
  }),
  VsphereClusterConfiguration: object(
    {
      apiVersion: z.literal("deckhouse.io/v1"),
      kind: text,
      layout: z.literal("Standard"),
      provider: object(
        { server: text, username: z.string().regex(/@/), password: z.string() },
        { insecure: z.boolean(), caBundle: text },
      ),
      ...texts("region", "regionTagCategory", "zoneTagCategory", "sshPublicKey"),
      zones: names,
      vmFolderPath: z.string().regex(/^[^/]/),
      internalNetworkCIDR: cidr,
      masterNodeGroup: object({ replicas: z.int().min(1), instanceClass }, { zones: names }),
    },
    {
      vmFolderExists: z.boolean(),
      ...networkNames,
      baseResourcePool: text,
      useNestedResourcePool: z.boolean(),
      storagePolicyID: text,
      disableTimesync: z.boolean(),
      nsxt,
      nodeGroups: z.array(
        object({ name: text, replicas: count, instanceClass }, { zones: names, nodeTemplate }),
      ),
    },
  ),
  "ModuleConfig deckhouse": moduleConfig("deckhouse", object(texts("releaseChannel", "bundle"))),
  "ModuleConfig cloud-provider-vsphere": moduleConfig("cloud-provider-vsphere", providerSettings),
  "ModuleConfig metallb": moduleConfig("metallb", metallbSettings),
  Secret: document("v1", {
    metadata: object({ name: z.string().max(63), namespace: text, labels: label }),
    stringData: object({ password: z.string() }),
  }),
  MetalLoadBalancerPool: resource(
    network,
    { addresses: names },
    { autoAssign: z.boolean(), avoidBuggyIPs: z.boolean() },
  ),
  MetalLoadBalancerBGPPeer: resource(
    network,
    { peerAddress: z.ipv4(), peerASN: asn, myASN: asn },
    {
      peerPort: z.int().min(1).max(65535),
      routerID: z.ipv4(),
      holdTime: z.string().regex(/^\d+(ms|s|m|h)$/),
      passwordSecretRef: object({ name: text, namespace: text }),
      sourceAddresses: z.array(object({ nodeName: text, address: z.ipv4() })),
    },
  ),
  MetalLoadBalancerConfiguration: resource(network, {
    mode: z.literal("BGP"),
    nodeSelector: label,
    bgp: object({ peerNames: names }),
    advertisements: z.array(
      object(
        { poolNames: names },
        {
          bgp: section({
            communities: names,
            localPref: z.int(),
            aggregationLength: z.int().min(0).max(128),
          }),
        },
      ),
    ),
  }),
  MetalLoadBalancerClass: resource(
    network,
    { addressPool: names, isDefault: z.boolean(), nodeSelector: label, type: z.literal("L2") },
    { tolerations: z.array(toleration), l2: object({ interfaces: names }) },
  ),
  VsphereInstanceClass: resource("deckhouse.io/v1", size, {
    ...furtherOfMachine,
    ...place,
    disableTimesync: z.boolean(),
  }),
  NodeGroup: resource(
    "deckhouse.io/v1",
    {
      nodeType: z.literal("CloudEphemeral"),
      cloudInstances: object(
        { minPerZone: count, maxPerZone: count, classReference },
        { maxUnavailablePerZone: z.int(), maxSurgePerZone: z.int(), zones: names },
      ),
    },
    {
      nodeTemplate,
      disruptions: object({ approvalMode: z.enum(["Automatic", "Manual", "RollingUpdate"]) }),
    },
  ),
  IngressNginxController: resource(
    "deckhouse.io/v1",
    {
      ingressClass: text,
      nodeSelector: label,
      inlet: z.enum(["LoadBalancer", "HostPort", "HostPortWithProxyProtocol"]),
    },
    {
      controllerVersion: text,
      loadBalancer: section({ annotations: label, loadBalancerClass: text }),
      hostPort: hostPorts,
      hostPortWithProxyProtocol: hostPorts,
      tolerations: z.array(toleration),
    },
  ),
};
