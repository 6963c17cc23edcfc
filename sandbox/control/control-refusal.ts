/** A control call that asks for something impossible: the message says what. `status` is for the HTTP side. */
export class ControlRefusal extends Error {
  override readonly name = 'ControlRefusal'
  readonly status: 400 | 404 | 409

  constructor(status: 400 | 404 | 409, message: string) {
    super(message)
    this.status = status
  }
}
