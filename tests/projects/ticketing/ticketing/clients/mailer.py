import smtplib
from email.message import EmailMessage

from flask import current_app

SENDER = "tickets@boxoffice.example"


def deliver(recipient: str, subject: str, text: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = SENDER, recipient, subject
    message.set_content(text)
    with smtplib.SMTP(current_app.config["SMTP_HOST"], 587) as server:
        server.starttls()
        server.send_message(message)


def deliver_urgent(recipient: str, subject: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = SENDER, recipient, subject
    with smtplib.SMTP(current_app.config["SMTP_HOST"], 587, timeout=10) as server:
        server.send_message(message)
