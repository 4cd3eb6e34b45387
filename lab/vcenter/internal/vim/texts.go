// Package vim corrects the SOAP side of govmomi's simulator: the managers for authorization, lookup and properties,
// and the checks that a real vCenter makes before it runs a method.
package vim

import (
	"fmt"
	"reflect"

	"github.com/vmware/govmomi/simulator"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

// texts are worded like the messages that vCenter sends with its faults. The plain simulator leaves most of them
// empty (row 15).
var texts = map[string]string{
	"AlreadyExists":              "The specified key, name, or identifier already exists.",
	"AuthMinimumAdminPermission": "There must be at least one permission on the root folder with the Administrator role.",
	"DuplicateName":              "The name already exists.",
	"InvalidArgument":            "A specified parameter was not correct.",
	"InvalidLogin":               "Cannot complete login due to an incorrect user name or password.",
	"InvalidName":                "The name is not valid.",
	"InvalidProperty":            "A property name is not valid.",
	"InvalidRequest":             "The request is not valid.",
	"ManagedObjectNotFound":      "The object has already been deleted or has not been completely created",
	"MethodNotFound":             "The method is not supported by the object.",
	"NoPermission":               "Permission to perform this operation was denied.",
	"NotAuthenticated":           "The session is not authenticated.",
	"NotFound":                   "The object or item referred to could not be found.",
	"RemoveFailed":               "The item is in use and cannot be removed.",
	"UserNotFound":               "The user or group was not found.",
}

// Text returns the message for a fault type, never an empty one.
func Text(fault string) string {
	if text, known := texts[fault]; known {
		return text
	}
	return "The operation failed with the fault " + fault + "."
}

// Fault makes a SOAP fault with a text; details that the fault carries are part of it.
func Fault(fault types.BaseMethodFault) *soap.Fault {
	text := Text(reflect.TypeOf(fault).Elem().Name())
	switch detailed := fault.(type) {
	case *types.InvalidArgument:
		text = "A specified parameter was not correct: " + detailed.InvalidProperty
	case *types.AlreadyExists:
		text = fmt.Sprintf("The specified key, name, or identifier '%s' already exists.", detailed.Name)
	case *types.InvalidName:
		text = fmt.Sprintf("The name '%s' is not valid.", detailed.Name)
	case *types.UserNotFound:
		text = fmt.Sprintf("The user or group named '%s' does not exist.", detailed.Principal)
	}
	return simulator.Fault(text, fault)
}
