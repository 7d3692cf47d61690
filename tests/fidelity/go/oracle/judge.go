package main

import (
	"errors"
	"fmt"

	"github.com/dennwc/iters"
	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/sip"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
)

// storedID stands for the --id flag of an update: the object exists, and an id in the file is
// overruled by the flag (livekit-cli cmd/lk/sip.go).
const storedID = "stored"

// refusal is why a document is not taken.
type refusal struct {
	by     string
	reason error
}

// judge answers for one document; the error is about the question, not the document.
func judge(kind, form string, text []byte) (*refusal, error) {
	questions, known := byKind[kind]
	if !known {
		return nil, fmt.Errorf("no such kind: %q", kind)
	}
	switch form {
	case "create":
		return questions.create(text), nil
	case "update":
		return questions.update(text), nil
	case "any":
		return either(questions.create(text), questions.update(text)), nil
	}
	return nil, fmt.Errorf("no such form: %q", form)
}

type questionsOfKind struct {
	create, update func(text []byte) *refusal
}

var byKind = map[string]questionsOfKind{
	"inbound-trunk":   {createInbound, updateInbound},
	"outbound-trunk":  {createOutbound, updateOutbound},
	"dispatch-rule":   {createRule, updateRule},
	"sip-participant": {createParticipant, createParticipant},
}

// either takes a document that one of the two commands takes. They never both do: create wants a
// wrapper, and update knows no field of that name. Of two refusals, the one that got further is told.
func either(create, update *refusal) *refusal {
	if create == nil || update == nil {
		return nil
	}
	if create.by == "api" && update.by != "api" {
		return create
	}
	return update
}

// read takes a text as lk does (livekit-cli cmd/lk/proto.go): unknown fields are refused.
func read(text []byte, into proto.Message) *refusal {
	if err := (protojson.UnmarshalOptions{AllowPartial: true}).Unmarshal(text, into); err != nil {
		return &refusal{by: "reader", reason: err}
	}
	return nil
}

func api(reason error) *refusal {
	if reason == nil {
		return nil
	}
	return &refusal{by: "api", reason: reason}
}

func createInbound(text []byte) *refusal {
	var request livekit.CreateSIPInboundTrunkRequest
	if refused := read(text, &request); refused != nil {
		return refused
	}
	if request.Trunk == nil {
		request.Trunk = &livekit.SIPInboundTrunkInfo{}
	}
	return api(request.Validate())
}

func updateInbound(text []byte) *refusal {
	var trunk livekit.SIPInboundTrunkInfo
	if refused := read(text, &trunk); refused != nil {
		return refused
	}
	trunk.SipTrunkId = ""
	return api((&livekit.UpdateSIPInboundTrunkRequest{
		SipTrunkId: storedID,
		Action:     &livekit.UpdateSIPInboundTrunkRequest_Replace{Replace: &trunk},
	}).Validate())
}

func createOutbound(text []byte) *refusal {
	var request livekit.CreateSIPOutboundTrunkRequest
	if refused := read(text, &request); refused != nil {
		return refused
	}
	if request.Trunk == nil {
		request.Trunk = &livekit.SIPOutboundTrunkInfo{}
	}
	return api(request.Validate())
}

func updateOutbound(text []byte) *refusal {
	var trunk livekit.SIPOutboundTrunkInfo
	if refused := read(text, &trunk); refused != nil {
		return refused
	}
	trunk.SipTrunkId = ""
	return api((&livekit.UpdateSIPOutboundTrunkRequest{
		SipTrunkId: storedID,
		Action:     &livekit.UpdateSIPOutboundTrunkRequest_Replace{Replace: &trunk},
	}).Validate())
}

func createRule(text []byte) *refusal {
	var request livekit.CreateSIPDispatchRuleRequest
	if refused := read(text, &request); refused != nil {
		return refused
	}
	// lk fills in the nested rule, and so turns a flat file into one without a rule.
	if request.DispatchRule == nil {
		request.DispatchRule = &livekit.SIPDispatchRuleInfo{}
	}
	if err := request.Validate(); err != nil {
		return api(err)
	}
	return api(alone(request.DispatchRule))
}

func updateRule(text []byte) *refusal {
	var rule livekit.SIPDispatchRuleInfo
	if refused := read(text, &rule); refused != nil {
		return refused
	}
	rule.SipDispatchRuleId = ""
	request := &livekit.UpdateSIPDispatchRuleRequest{
		SipDispatchRuleId: storedID,
		Action:            &livekit.UpdateSIPDispatchRuleRequest_Replace{Replace: &rule},
	}
	if err := request.Validate(); err != nil {
		return api(err)
	}
	return api(alone(&rule))
}

// alone is the server's check of all stored rules, with this one as the only one: it refuses a rule
// without a kind and a rule that conflicts with itself.
func alone(rule *livekit.SIPDispatchRuleInfo) error {
	_, err := sip.ValidateDispatchRulesIter(iters.Slice([]*livekit.SIPDispatchRuleInfo{rule}))
	return err
}

// createParticipant keeps media and display_name, which today's lk drops unread. A named trunk is
// taken to exist and to have a number (protocol rpc/sip.go).
func createParticipant(text []byte) *refusal {
	var request livekit.CreateSIPParticipantRequest
	if refused := read(text, &request); refused != nil {
		return refused
	}
	if err := request.Validate(); err != nil {
		return api(err)
	}
	if request.SipTrunkId == "" && request.SipNumber == "" {
		return api(errors.New("no numbers on outbound trunk"))
	}
	return nil
}
