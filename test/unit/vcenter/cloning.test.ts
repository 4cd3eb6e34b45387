import assert from "node:assert/strict";
import type {
  CloneTarget,
  ManagedObjectReference,
  TaskOptions,
  VirtualMachines,
} from "../../../vcenter";
import { soapFault, type FakeAnswer } from "./support/fakeVCenter";
import { failure, withFake } from "./support/harness";
import {
  lookAtTask,
  objectXml,
  properties,
  reference,
  script,
  started,
  taskFault,
  taskInfo,
  text,
} from "./support/machineAnswers";

const source = { type: "VirtualMachine", id: "vm-7" };
const target: CloneTarget = {
  name: "node <1>",
  folder: { type: "Folder", id: "group-v9" },
  resourcePool: { type: "ResourcePool", id: "resgroup-8" },
  datastore: { type: "Datastore", id: "datastore-5" },
  network: { type: "Network", id: "network-3" },
};
const devicePath = "VirtualMachine: config.hardware.device";
const made = `<val type="VirtualMachine" xsi:type="ManagedObjectReference">vm-99</val>`;

const cdrom = `<VirtualDevice xsi:type="VirtualCdrom"><key>3000</key></VirtualDevice>`;
const adapter = `<VirtualDevice xsi:type="VirtualVmxnet3"><key>4000</key><deviceInfo><label>Network adapter 1</label></deviceInfo><backing xsi:type="VirtualEthernetCardNetworkBackingInfo"><deviceName>old</deviceName></backing><connectable><startConnected>true</startConnected><allowGuestControl>true</allowGuestControl><connected>false</connected><status>untried</status></connectable><controllerKey>100</controllerKey><unitNumber>7</unitNumber><addressType>assigned</addressType><macAddress>00:50:56:aa:bb:cc</macAddress></VirtualDevice>`;
const second = adapter.replace("4000", "4001");

function devices(...elements: readonly string[]): FakeAnswer {
  const value = `<val xsi:type="ArrayOfVirtualDevice">${elements.join("")}</val>`;
  return properties(objectXml("VirtualMachine", "vm-7", { "config.hardware.device": value }));
}

function network(type: string, id: string, values: Readonly<Record<string, string>>): FakeAnswer {
  return properties(objectXml(type, id, values));
}

/** Answers under which a clone succeeds. */
const good = {
  FindChild: reference("FindChild"),
  [devicePath]: devices(cdrom, adapter, second),
  "Network: name": network("Network", "network-3", { name: text("k8s &amp; nodes") }),
  CloneVM_Task: started("CloneVM_Task"),
  [lookAtTask]: taskInfo("success", { result: made }),
};

async function clone(
  machines: VirtualMachines,
  changes: Partial<CloneTarget> = {},
  options?: TaskOptions,
): Promise<ManagedObjectReference> {
  return machines.clone(source, { ...target, ...changes }, options);
}

/** Everything after `_this` that the start of the clone says. */
async function cloneRequest(
  changes: Partial<CloneTarget>,
  answers: Readonly<Record<string, FakeAnswer | readonly FakeAnswer[]>>,
): Promise<string> {
  let request = "";
  const { responder } = script({ ...good, ...answers });
  await withFake(responder, async ({ virtualMachines }, fake) => {
    await clone(virtualMachines, changes);
    const { body } = fake.calls.find(({ name }) => name === "CloneVM_Task") ?? { body: "" };
    request =
      /<_this type="VirtualMachine">vm-7<\/_this>(.*)<\/CloneVM_Task>/.exec(body)?.[1] ?? body;
  });
  return request;
}

function changeOf(backing: string): string {
  return `<deviceChange><operation>edit</operation><device xsi:type="VirtualVmxnet3"><key>4000</key>${backing}<connectable><startConnected>true</startConnected><allowGuestControl>true</allowGuestControl><connected>false</connected></connectable><controllerKey>100</controllerKey><unitNumber>7</unitNumber></device></deviceChange>`;
}

function requestWith(host: string, change: string): string {
  return `<folder type="Folder">group-v9</folder><name>node &lt;1&gt;</name><spec><location><datastore type="Datastore">datastore-5</datastore><pool type="ResourcePool">resgroup-8</pool>${host}${change}</location><template>true</template><powerOn>false</powerOn></spec>`;
}

const networkBacking = `<backing xsi:type="VirtualEthernetCardNetworkBackingInfo"><deviceName>k8s &amp; nodes</deviceName><network type="Network">network-3</network></backing>`;

describe("copying a template", function () {
  this.timeout(20_000);

  it("looks before it starts, and gives the new template", async () => {
    const { responder, names } = script(good);
    await withFake(responder, async ({ virtualMachines }, fake) => {
      assert.deepEqual(await clone(virtualMachines), { type: "VirtualMachine", id: "vm-99" });
      assert.deepEqual(names, [
        "FindChild",
        devicePath,
        "Network: name",
        "CloneVM_Task",
        lookAtTask,
      ]);
      const body = fake.calls.find(({ name }) => name === "FindChild")?.body ?? "";
      assert.match(
        body,
        /SearchIndex<\/_this><entity type="Folder">group-v9<\/entity><name>node &lt;1&gt;<\/name>/,
      );
    });
  });

  it("sends the specification in the order of the WSDL", async () => {
    assert.equal(await cloneRequest({}, {}), requestWith("", changeOf(networkBacking)));
  });

  it("names the host when it is given", async () => {
    const host = { type: "HostSystem", id: "host-2", ...{ path: "/X1/host/a" } };
    assert.equal(
      await cloneRequest({ host }, {}),
      requestWith(`<host type="HostSystem">host-2</host>`, changeOf(networkBacking)),
    );
  });

  it("connects the first adapter to a distributed port group", async () => {
    const request = await cloneRequest(
      { network: { type: "DistributedVirtualPortgroup", id: "dvportgroup-4" } },
      {
        "DistributedVirtualPortgroup: config.key config.distributedVirtualSwitch": network(
          "DistributedVirtualPortgroup",
          "dvportgroup-4",
          {
            "config.key": text("dvportgroup-4"),
            "config.distributedVirtualSwitch": `<val type="VmwareDistributedVirtualSwitch" xsi:type="ManagedObjectReference">dvs-1</val>`,
          },
        ),
        "VmwareDistributedVirtualSwitch: uuid": network("VmwareDistributedVirtualSwitch", "dvs-1", {
          uuid: text("50 1d 5f"),
        }),
      },
    );
    const backing = `<backing xsi:type="VirtualEthernetCardDistributedVirtualPortBackingInfo"><port><switchUuid>50 1d 5f</switchUuid><portgroupKey>dvportgroup-4</portgroupKey></port></backing>`;
    assert.equal(request, requestWith("", changeOf(backing)));
  });

  it("connects the first adapter to an opaque network", async () => {
    const summary = `<val xsi:type="OpaqueNetworkSummary"><name>segment</name><opaqueNetworkId>id-1</opaqueNetworkId><opaqueNetworkType>nsx.LogicalSwitch</opaqueNetworkType></val>`;
    const request = await cloneRequest(
      { network: { type: "OpaqueNetwork", id: "network-o6" } },
      { "OpaqueNetwork: summary": network("OpaqueNetwork", "network-o6", { summary }) },
    );
    const backing = `<backing xsi:type="VirtualEthernetCardOpaqueNetworkBackingInfo"><opaqueNetworkId>id-1</opaqueNetworkId><opaqueNetworkType>nsx.LogicalSwitch</opaqueNetworkType></backing>`;
    assert.equal(request, requestWith("", changeOf(backing)));
  });

  it("leaves the hardware alone when there is no adapter", async () => {
    assert.equal(await cloneRequest({}, { [devicePath]: devices(cdrom) }), requestWith("", ""));
  });

  it("starts nothing when the name is taken", async () => {
    const taken = { ...good, FindChild: reference("FindChild", "VirtualMachine", "vm-3") };
    const { responder, names } = script(taken);
    await withFake(responder, async ({ virtualMachines }) => {
      const error = await failure(clone(virtualMachines));
      assert.equal(error.kind, "alreadyExists");
      assert.equal(
        error.message,
        "copy a template (VirtualMachine:vm-7 to node <1> in Folder:group-v9): VirtualMachine:vm-3 has this name already: choose another name, or use the one that exists; it may be in use",
      );
      assert.deepEqual(names, ["FindChild"]);
    });
  });

  it("starts nothing when the network may not be read", async () => {
    const { responder, names } = script({
      ...good,
      "Network: name": network("Network", "network-3", {}),
    });
    await withFake(responder, async ({ virtualMachines }) => {
      const error = await failure(clone(virtualMachines));
      assert.equal(error.kind, "noPermission");
      assert.match(
        error.message,
        /^read a network \(Network:network-3\): .* property name .*ReadOnly/,
      );
      assert.ok(!names.includes("CloneVM_Task"));
    });
  });

  for (const [fault, kind, remedy] of [
    [
      "NoPermission",
      "noPermission",
      /VirtualMachine\.Provisioning\.CloneTemplate.*VirtualMachine\.Inventory\.CreateFromExisting.*Datastore\.AllocateSpace.*Network\.Assign.*Resource\.AssignVMToPool/,
    ],
    ["ManagedObjectNotFound", "notFound", /all places of the clone still exist/],
    ["DuplicateName", "alreadyExists", /use the one that exists/],
    ["NoDiskSpace", "unexpectedAnswer", /correct what vCenter names/],
  ] as const) {
    it(`tells of ${fault}, from the start and from the task`, async () => {
      const details = "<datastore>x2_lun_1</datastore><privilegeId>A.b</privilegeId>";
      for (const answers of [
        { ...good, CloneVM_Task: soapFault(fault, "", details) },
        { ...good, [lookAtTask]: taskInfo("error", { error: taskFault(fault, "", details) }) },
      ]) {
        await withFake(script(answers).responder, async ({ virtualMachines }) => {
          const error = await failure(clone(virtualMachines));
          assert.equal(error.kind, kind);
          assert.equal(error.answer, `${fault}, missing privilege A.b, datastore x2_lun_1`);
          assert.match(error.remedy, remedy);
        });
      }
    });
  }
});
