import requests
from django.conf import settings


class SmsGateway:
    def __init__(self, sender: str = "Clinic") -> None:
        self.sender = sender
        self.http = requests.Session()

    def send(self, number: str, text: str) -> str:
        response = self.http.request(
            "POST", f"{settings.SMS_URL}/messages", json={"to": number, "from": self.sender, "text": text}
        )
        response.raise_for_status()
        return response.json()["id"]

    def balance(self) -> int:
        response = self.http.get(f"{settings.SMS_URL}/balance", timeout=5)
        return response.json()["credits"]


gateway = SmsGateway()
