// Command oracle says whether LiveKit would take a document.
//
// It reads one question a line from standard input
//
//	{"id": "7", "kind": "inbound-trunk", "form": "create", "text": "{…}"}
//
// (text_b64 instead of text for bytes that are not UTF-8) and writes one answer a line:
//
//	{"id": "7", "refused": true, "by": "reader", "message": "proto: …"}
//
// by is "reader" when lk cannot read the text and "api" when the message is refused whole. The
// verdict is that of the protocol module in go.mod, nothing here judges a document by itself.
package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

type question struct {
	ID      string `json:"id"`
	Kind    string `json:"kind"`
	Form    string `json:"form"`
	Text    string `json:"text"`
	TextB64 string `json:"text_b64"`
}

type answer struct {
	ID      string `json:"id"`
	Refused bool   `json:"refused"`
	By      string `json:"by,omitempty"`
	Message string `json:"message,omitempty"`
}

func (q question) bytes() ([]byte, error) {
	if q.TextB64 == "" {
		return []byte(q.Text), nil
	}
	return base64.StdEncoding.DecodeString(q.TextB64)
}

func reply(q question) (answer, error) {
	text, err := q.bytes()
	if err != nil {
		return answer{}, fmt.Errorf("question %q: %w", q.ID, err)
	}
	refusal, err := judge(q.Kind, q.Form, text)
	if err != nil {
		return answer{}, fmt.Errorf("question %q: %w", q.ID, err)
	}
	if refusal == nil {
		return answer{ID: q.ID}, nil
	}
	return answer{ID: q.ID, Refused: true, By: refusal.by, Message: refusal.reason.Error()}, nil
}

func run(in io.Reader, out io.Writer) error {
	questions := json.NewDecoder(bufio.NewReader(in))
	buffered := bufio.NewWriter(out)
	defer buffered.Flush()
	answers := json.NewEncoder(buffered)
	for {
		var q question
		if err := questions.Decode(&q); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		a, err := reply(q)
		if err != nil {
			return err
		}
		if err := answers.Encode(a); err != nil {
			return err
		}
	}
}

func main() {
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "oracle:", err)
		os.Exit(1)
	}
}
