import type { ManagedObjectReference } from "../../../../vcenter";
import type { FakeAnswer, SeenCall } from "./fakeVCenter";

/** That many datastores. */
export function stores(count: number): ManagedObjectReference[] {
  return Array.from({ length: count }, (_, index) => ({
    type: "Datastore",
    id: `datastore-${index}`,
  }));
}

/** Answers the calls of these names. */
export function answers(
  table: Readonly<Record<string, FakeAnswer>>,
): (call: SeenCall) => FakeAnswer | undefined {
  return ({ name }: SeenCall): FakeAnswer | undefined => table[name];
}

/** The objects that a call names. */
export function objectIds(call: SeenCall): ManagedObjectReference[] {
  return (JSON.parse(call.body) as { object_ids: ManagedObjectReference[] }).object_ids;
}
