import { z } from "zod";

/**
 * What Deckhouse takes, written down from the field tables of its public schemas and apart from the program's own types:
 * unknown keys are refused.
 */
const text = z.string().min(1);
const names = z.array(text).min(1);
const cidr = z.cidrv4();
const asn = z.int().min(1).max(4294967295);
const named = (name: z.ZodType = text): z.ZodObject => z.strictObject({ name });
const label = z.record(z.string(), z.string());

const runtimeOptions = z.strictObject({
  nestedHardwareVirtualization: z.boolean().optional(),
  ...{ cpuShares: z.int().optional(), cpuLimit: z.int().optional() },
  ...{ cpuReservation: z.int().optional(), memoryLimit: z.int().optional() },
  memoryShares: z.int().min(0).max(100).optional(),
  memoryReservation: z.int().min(0).max(100).optional(),
});

const machine = {
  ...{ numCPUs: z.int().min(1), memory: z.int().min(1) },
  ...{ additionalNetworks: z.array(text).optional(), rootDiskSize: z.int().min(1).optional() },
  ...{ resourcePool: text.optional(), runtimeOptions: runtimeOptions.optional() },
};

const instanceClass = z.strictObject({
  ...machine,
  ...{ template: text, mainNetwork: text, datastore: text },
  mainNetworkIPAddresses: z
    .array(
      z.strictObject({
        ...{ address: cidr, gateway: z.ipv4() },
        nameservers: z.strictObject({
          addresses: z.array(z.ipv4()).optional(),
          search: z.array(text).optional(),
        }),
      }),
    )
    .optional(),
});

const taint = z.strictObject({
  effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]).optional(),
  ...{ key: text.optional(), value: z.string().optional() },
});

const nodeTemplate = z.strictObject({
  ...{ labels: label.optional(), annotations: label.optional() },
  taints: z.array(taint).optional(),
});

const group = { replicas: z.int().min(0), zones: names.optional(), instanceClass };

const nsxt = z.strictObject({
  ...{ defaultIpPoolName: text, tier1GatewayPath: text, user: text, password: text, host: text },
  size: z.enum(["SMALL", "MEDIUM", "LARGE", "XLARGE"]).optional(),
  ...{ defaultTcpAppProfileName: text.optional(), defaultUdpAppProfileName: text.optional() },
  ...{ insecureFlag: z.boolean().optional(), caBundle: z.string().optional() },
  loadBalancerClass: z
    .array(
      z.strictObject({
        ...{ name: text, ipPoolName: text },
        ...{ tcpAppProfileName: text.optional(), udpAppProfileName: text.optional() },
      }),
    )
    .optional(),
});

const networkNames = {
  internalNetworkNames: names.optional(),
  externalNetworkNames: names.optional(),
};

const toleration = z.strictObject({
  effect: taint.shape.effect,
  key: text.optional(),
  operator: z.enum(["Exists", "Equal"]),
  value: z.string().optional(),
});

const moduleSettings: Readonly<Record<string, z.ZodType>> = {
  deckhouse: z.strictObject({ releaseChannel: text, bundle: text }),
  "cloud-provider-vsphere": z.strictObject({
    ...{ host: text.optional(), username: text.optional(), password: text.optional() },
    ...{ insecure: z.boolean().optional(), caBundle: text.optional() },
    ...{ vmFolderPath: text.optional(), region: text.optional(), zones: names.optional() },
    ...{ regionTagCategory: text.optional(), zoneTagCategory: text.optional() },
    ...{ sshKeys: names.optional(), disableTimesync: z.boolean().optional() },
    ...networkNames,
    storageClass: z
      .strictObject({
        ...{ exclude: z.array(text).optional(), default: text.optional() },
        compatibilityFlag: z.enum(["Legacy", "Migration"]).optional(),
      })
      .optional(),
    nsxt: nsxt.optional(),
  }),
  metallb: z.strictObject({
    bgpPeers: z
      .array(
        z.strictObject({
          "peer-address": z.ipv4(),
          "peer-asn": asn,
          "my-asn": asn,
          "peer-port": z.int().min(1).max(16384).optional(),
          "source-address": z.ipv4().optional(),
          "router-id": z.ipv4().optional(),
          "hold-time": text.optional(),
          "node-selector": z.record(z.string(), z.unknown()).optional(),
          "node-selectors": z.array(z.unknown()).optional(),
          password: text.optional(),
        }),
      )
      .optional(),
    addressPools: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/),
          protocol: z.literal("bgp"),
          addresses: names,
          ...{ "auto-assign": z.boolean().optional(), "avoid-buggy-ips": z.boolean().optional() },
          "bgp-advertisements": z
            .array(
              z.strictObject({
                "aggregation-length": z.int().min(1).max(32).optional(),
                localpref: z.int().optional(),
                communities: names.optional(),
              }),
            )
            .optional(),
        }),
      )
      .optional(),
    bgpCommunities: z.record(z.string(), z.string().regex(/^\d+:\d+$/)).optional(),
    speaker: z
      .strictObject({ nodeSelector: label.optional(), tolerations: z.array(toleration).optional() })
      .optional(),
  }),
};

function document(apiVersion: string, keys: z.ZodRawShape): z.ZodObject {
  return z.strictObject({ apiVersion: z.literal(apiVersion), kind: text, ...keys });
}

function resource(apiVersion: string, spec: z.ZodType): z.ZodObject {
  return document(apiVersion, { metadata: named(z.string().max(63)), spec });
}

const network = "network.deckhouse.io/v1alpha1";

/** The schema of a document by its kind; of a ModuleConfig by its name. */
export const documentSchemas: Readonly<Record<string, z.ZodType>> = {
  ClusterConfiguration: document("deckhouse.io/v1", {
    clusterType: z.literal("Cloud"),
    cloud: z.strictObject({
      provider: z.literal("vSphere"),
      prefix: z
        .string()
        .max(45)
        .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/),
    }),
    ...{ podSubnetCIDR: cidr, serviceSubnetCIDR: cidr, clusterDomain: text },
    podSubnetNodeCIDRPrefix: z
      .string()
      .regex(/^\d\d$/)
      .optional(),
    kubernetesVersion: text,
  }),
  InitConfiguration: document("deckhouse.io/v1", {
    deckhouse: z.strictObject({
      ...{ imagesRepo: text, registryDockerCfg: text, registryCA: z.string().optional() },
      registryScheme: z.enum(["HTTP", "HTTPS"]).optional(),
    }),
  }),
  VsphereClusterConfiguration: document("deckhouse.io/v1", {
    layout: z.literal("Standard"),
    provider: z.strictObject({
      ...{ server: text, username: z.string().regex(/@/), password: z.string() },
      ...{ insecure: z.boolean().optional(), caBundle: text.optional() },
    }),
    ...{ region: text, zones: names, regionTagCategory: text, zoneTagCategory: text },
    ...{ vmFolderPath: z.string().regex(/^[^/]/), vmFolderExists: z.boolean().optional() },
    ...{ sshPublicKey: text, internalNetworkCIDR: cidr, ...networkNames },
    ...{ baseResourcePool: text.optional(), useNestedResourcePool: z.boolean().optional() },
    ...{ storagePolicyID: text.optional(), disableTimesync: z.boolean().optional() },
    nsxt: nsxt.optional(),
    masterNodeGroup: z.strictObject({ ...group, replicas: z.int().min(1) }),
    nodeGroups: z
      .array(z.strictObject({ ...group, name: text, nodeTemplate: nodeTemplate.optional() }))
      .optional(),
  }),
  ...Object.fromEntries(
    Object.entries(moduleSettings).map(([name, settings]) => [
      `ModuleConfig ${name}`,
      document("deckhouse.io/v1alpha1", {
        metadata: named(z.literal(name)),
        spec: z.strictObject({
          ...{ version: z.int().min(1).max(3), enabled: z.literal(true) },
          settings: settings.optional(),
        }),
      }),
    ]),
  ),
  Secret: document("v1", {
    metadata: z.strictObject({ name: z.string().max(63), namespace: text, labels: label }),
    stringData: z.strictObject({ password: z.string() }),
  }),
  MetalLoadBalancerPool: resource(
    network,
    z.strictObject({
      addresses: names,
      ...{ autoAssign: z.boolean().optional(), avoidBuggyIPs: z.boolean().optional() },
    }),
  ),
  MetalLoadBalancerBGPPeer: resource(
    network,
    z.strictObject({
      ...{ peerAddress: z.ipv4(), peerASN: asn, myASN: asn },
      ...{ peerPort: z.int().min(1).max(65535).optional(), routerID: z.ipv4().optional() },
      holdTime: z
        .string()
        .regex(/^\d+(ms|s|m|h)$/)
        .optional(),
      passwordSecretRef: z.strictObject({ name: text, namespace: text }).optional(),
      sourceAddresses: z.array(z.strictObject({ nodeName: text, address: z.ipv4() })).optional(),
    }),
  ),
  MetalLoadBalancerConfiguration: resource(
    network,
    z.strictObject({
      ...{ mode: z.literal("BGP"), nodeSelector: label },
      bgp: z.strictObject({ peerNames: names }),
      advertisements: z.array(
        z.strictObject({
          poolNames: names,
          bgp: z
            .strictObject({
              communities: names.optional(),
              localPref: z.int().optional(),
              aggregationLength: z.int().min(0).max(128).optional(),
            })
            .optional(),
        }),
      ),
    }),
  ),
  MetalLoadBalancerClass: resource(
    network,
    z.strictObject({
      ...{ addressPool: names, isDefault: z.boolean(), nodeSelector: label },
      ...{ type: z.literal("L2"), tolerations: z.array(toleration).optional() },
      l2: z.strictObject({ interfaces: names }).optional(),
    }),
  ),
  VsphereInstanceClass: resource(
    "deckhouse.io/v1",
    z.strictObject({
      ...machine,
      ...{ template: text.optional(), mainNetwork: text.optional(), datastore: text.optional() },
      disableTimesync: z.boolean().optional(),
    }),
  ),
  NodeGroup: resource(
    "deckhouse.io/v1",
    z.strictObject({
      nodeType: z.literal("CloudEphemeral"),
      cloudInstances: z.strictObject({
        ...{ minPerZone: z.int().min(0), maxPerZone: z.int().min(0) },
        ...{ maxUnavailablePerZone: z.int().optional(), maxSurgePerZone: z.int().optional() },
        zones: names.optional(),
        classReference: z.strictObject({ kind: z.literal("VsphereInstanceClass"), name: text }),
      }),
      nodeTemplate: nodeTemplate.optional(),
      disruptions: z
        .strictObject({ approvalMode: z.enum(["Automatic", "Manual", "RollingUpdate"]) })
        .optional(),
    }),
  ),
  IngressNginxController: resource(
    "deckhouse.io/v1",
    z.strictObject({
      ...{ ingressClass: text, controllerVersion: text.optional(), nodeSelector: label },
      inlet: z.enum(["LoadBalancer", "HostPort", "HostPortWithProxyProtocol"]),
      loadBalancer: z
        .strictObject({ annotations: label.optional(), loadBalancerClass: text.optional() })
        .optional(),
      hostPort: z.strictObject({ httpPort: z.int(), httpsPort: z.int() }).optional(),
      hostPortWithProxyProtocol: z
        .strictObject({ httpPort: z.int(), httpsPort: z.int() })
        .optional(),
      tolerations: z.array(toleration).optional(),
    }),
  ),
};
