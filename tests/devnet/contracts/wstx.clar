;; Native STX under the SIP-10 interface: it moves STX itself and holds none.

(define-constant ERR_UNAUTHORIZED (err u401))

(define-public (transfer (amount uint) (from principal) (to principal) (memo (optional (buff 34))))
  (begin
    (asserts! (is-eq tx-sender from) ERR_UNAUTHORIZED)
    (match memo
      note (stx-transfer-memo? amount from to note)
      (stx-transfer? amount from to))))

(define-read-only (get-name) (ok "Wrapped STX"))
(define-read-only (get-symbol) (ok "wSTX"))
(define-read-only (get-decimals) (ok u6))
(define-read-only (get-balance (who principal)) (ok (stx-get-balance who)))
(define-read-only (get-total-supply) (ok stx-liquid-supply))
(define-read-only (get-token-uri) (ok (if true none (some u""))))
