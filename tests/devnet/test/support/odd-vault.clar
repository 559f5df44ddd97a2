;; {{NAME}}: gives .{{TOKEN_B}} for .{{TOKEN_A}} at a rate, less a fee, and misbehaves as it is told.

(define-data-var settings {rate: uint, fee: uint, spares: uint, claims-more: uint, claims-less: uint, refusal: uint}
  {rate: u1000000, fee: u0, spares: u0, claims-more: u0, claims-less: u0, refusal: u0})

(define-public (set (to {rate: uint, fee: uint, spares: uint, claims-more: uint, claims-less: uint, refusal: uint}))
  (ok (var-set settings to)))

(define-public (execute (amount uint) (opcode (optional (buff 16))))
  (let ((to tx-sender) (now (var-get settings)) (taken (- amount (get spares now)))
        (given (/ (* amount (get rate now) (- u1000000 (get fee now))) u1000000000000)))
    (asserts! (is-eq (get refusal now) u0) (err (get refusal now)))
    (try! (contract-call? .{{TOKEN_A}} transfer taken tx-sender (as-contract tx-sender) none))
    (try! (as-contract (contract-call? .{{TOKEN_B}} transfer given tx-sender to none)))
    (ok {dx: taken, dy: (- (+ given (get claims-more now)) (get claims-less now)), dk: u0})))
