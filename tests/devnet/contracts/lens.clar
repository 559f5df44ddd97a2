;; Reads what the node's own endpoints answer from its database.

(define-read-only (stx-of (who principal)) (stx-get-balance who))
