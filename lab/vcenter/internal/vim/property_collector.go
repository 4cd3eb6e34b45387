package vim

import (
	"slices"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"

	"deckhouse-vsphere/lab/vcenter/internal/authorization"
)

// PropertyCollector hides what the caller may not see. The simulator makes a fresh value of this type for every
// session and allows for types of others there, so it has no fields and finds its rules through the registry.
type PropertyCollector struct {
	simulator.PropertyCollector
}

// InstallPropertyCollector puts the replacement in the place of the simulator's property collector.
func InstallPropertyCollector(access *Access) {
	collector := &PropertyCollector{}
	collector.Self = access.content().PropertyCollector
	access.Map.Put(collector)
}

// RetrieveProperties leaves out objects that the caller does not see.
func (collector *PropertyCollector) RetrieveProperties(ctx *simulator.Context, request *types.RetrieveProperties) soap.HasFault {
	body := collector.PropertyCollector.RetrieveProperties(ctx, request)
	if answer, ok := body.(*methods.RetrievePropertiesBody); ok && answer.Res != nil {
		answer.Res.Returnval = visibleContent(ctx, request.SpecSet, answer.Res.Returnval)
	}
	return body
}

// RetrievePropertiesEx is RetrieveProperties in pages.
func (collector *PropertyCollector) RetrievePropertiesEx(ctx *simulator.Context, request *types.RetrievePropertiesEx) soap.HasFault {
	body := collector.PropertyCollector.RetrievePropertiesEx(ctx, request)
	if answer, ok := body.(*methods.RetrievePropertiesExBody); ok && answer.Res != nil && answer.Res.Returnval != nil {
		answer.Res.Returnval.Objects = visibleContent(ctx, request.SpecSet, answer.Res.Returnval.Objects)
	}
	return body
}

// ContinueRetrievePropertiesEx returns the next page.
func (collector *PropertyCollector) ContinueRetrievePropertiesEx(ctx *simulator.Context, request *types.ContinueRetrievePropertiesEx) soap.HasFault {
	body := collector.PropertyCollector.ContinueRetrievePropertiesEx(ctx, request)
	if answer, ok := body.(*methods.ContinueRetrievePropertiesExBody); ok && answer.Res != nil {
		answer.Res.Returnval.Objects = visibleContent(ctx, nil, answer.Res.Returnval.Objects)
	}
	return body
}

// visibleContent drops objects that were reached over others and are not visible. An object that the caller named
// himself stays, with NoPermission in place of each property, as the programming guide describes missingSet.
func visibleContent(ctx *simulator.Context, specifications []types.PropertyFilterSpec, objects []types.ObjectContent) []types.ObjectContent {
	manager, installed := ctx.Map.Get(authorizationManager).(*AuthorizationManager)
	if !installed || Caller(ctx) == Internal {
		return objects
	}
	named := map[Reference]bool{}
	for _, specification := range specifications {
		for _, object := range specification.ObjectSet {
			named[object.Obj] = true
		}
	}
	visible := objects[:0]
	for _, object := range objects {
		if object.Obj.Type == "SessionManager" {
			object = withoutSessions(ctx, manager.access, object)
		}
		if manager.access.Sees(Caller(ctx), object.Obj) {
			hideReferences(ctx, manager.access, object.PropSet)
			visible = append(visible, object)
		} else if named[object.Obj] {
			visible = append(visible, withoutPermission(object))
		}
	}
	return visible
}

// withoutSessions hides the list of sessions from whoever may not end them.
func withoutSessions(ctx *simulator.Context, access *Access, object types.ObjectContent) types.ObjectContent {
	fault := access.Missing(Caller(ctx), access.Root(), terminateSessions)
	position := slices.IndexFunc(object.PropSet, func(property types.DynamicProperty) bool { return property.Name == "sessionList" })
	if fault == nil || position < 0 {
		return object
	}
	object.PropSet = slices.Delete(slices.Clone(object.PropSet), position, position+1)
	object.MissingSet = append(object.MissingSet, types.MissingProperty{
		Path:  "sessionList",
		Fault: types.LocalizedMethodFault{Fault: fault, LocalizedMessage: Text("NoPermission")},
	})
	return object
}

func withoutPermission(object types.ObjectContent) types.ObjectContent {
	for _, property := range object.PropSet {
		object.MissingSet = append(object.MissingSet, types.MissingProperty{
			Path: property.Name,
			Fault: types.LocalizedMethodFault{
				Fault:            &types.NoPermission{Object: &object.Obj, PrivilegeId: authorization.SystemRead},
				LocalizedMessage: Text("NoPermission"),
			},
		})
	}
	object.PropSet = nil
	return object
}

// hideReferences takes invisible objects out of lists such as childEntity.
func hideReferences(ctx *simulator.Context, access *Access, properties []types.DynamicProperty) {
	for position, property := range properties {
		list, isList := property.Val.(types.ArrayOfManagedObjectReference)
		if pointer, isPointer := property.Val.(*types.ArrayOfManagedObjectReference); isPointer {
			list, isList = *pointer, true
		}
		if !isList {
			continue
		}
		var visible []Reference
		for _, reference := range list.ManagedObjectReference {
			if access.Sees(Caller(ctx), reference) {
				visible = append(visible, reference)
			}
		}
		properties[position].Val = &types.ArrayOfManagedObjectReference{ManagedObjectReference: visible}
	}
}
